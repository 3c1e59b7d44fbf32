import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const files = [
  'action.yml',
  ...readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`),
]

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Every step of an action or a workflow. */
function stepsOf(path: string): readonly Step[] {
  const { runs, jobs = {} } = parse(read(path)) as {
    readonly runs?: { readonly steps: readonly Step[] }
    readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>
  }
  return [...(runs?.steps ?? []), ...Object.values(jobs).flatMap(({ steps }) => steps)]
}

test.each(files)('%s hands values to its scripts as variables: none is pasted into one', (path) => {
  const steps = stepsOf(path)
  expect(steps.length).toBeGreaterThan(0)
  expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([])
})

test('the action hands every input on', () => {
  const { inputs } = parse(read('action.yml')) as { readonly inputs: Readonly<Record<string, unknown>> }
  const [step] = stepsOf('action.yml')
  for (const name of Object.keys(inputs)) {
    const variable = `INPUT_${name.toUpperCase().replace('-', '_')}`
    expect(step?.env?.[variable]).toBe(`\${{ inputs.${name} }}`)
    expect(step?.run).toContain(`$${variable}`)
  }
})

test('a release is tested first, holds no secret, and says where it was built', () => {
  const text = read('.github/workflows/release.yml')
  const { jobs, permissions } = parse(text) as {
    readonly permissions: unknown
    readonly jobs: Readonly<Record<string, { readonly needs?: string; readonly permissions?: unknown }>>
  }
  expect(text).not.toMatch(/secrets\.|_TOKEN/)
  expect(permissions).toEqual({ contents: 'read' })
  expect(jobs.publish).toMatchObject({
    needs: 'test',
    permissions: { contents: 'read', 'id-token': 'write' },
  })
  expect(stepsOf('.github/workflows/release.yml').map(({ run }) => run)).toContain(
    'npm publish --provenance --access public',
  )
})

test.each(readdirSync(join(root, '.github/ISSUE_TEMPLATE')))('the issue template %s is a form', (name) => {
  const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as {
    readonly body?: readonly { readonly type: string }[]
  }
  if (name === 'config.yml') return expect(form).toEqual({ blank_issues_enabled: true })
  expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) })
  for (const { type } of form.body ?? [])
    expect(['markdown', 'textarea', 'input', 'dropdown']).toContain(type)
  expect(form.body?.length).toBeGreaterThan(0)
})
