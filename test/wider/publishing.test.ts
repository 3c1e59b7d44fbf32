import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { installed } from '../support/installed.js'
import { ordinaryHandler, startJourney } from '../support/journey.js'
import { cleanEnv, run } from '../support/run-command.js'

const root = join(import.meta.dirname, '../..')

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly runs: { readonly steps: readonly [{ readonly run: string }] }
}

describe('the step of action.yml', () => {
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

  /** Runs it as the runner does: each input as a variable, the defaults where none is given. */
  async function step(inputs: Readonly<Record<string, string>>) {
    const journey = await startJourney()
    await journey.addFunction('order-worker', ordinaryHandler)
    const cwd = mkdtempSync(join(tmpdir(), 'sqs-trigger-action-'))
    onTestFinished(() => rmSync(cwd, { recursive: true }))
    const given = Object.entries(action.inputs).map(([name, { default: usual = '' }]) => [
      `INPUT_${name.toUpperCase().replace('-', '_')}`,
      { path: root, ...inputs }[name] ?? usual,
    ])
    const env = { ...journey.env, ...Object.fromEntries(given), HOME: cwd }
    const ran = await run(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', action.runs.steps[0].run],
      {
        env,
        cwd,
      },
    )
    return { ...ran, leftBehind: existsSync(join(cwd, 'pwned')) }
  }

  test('annotates, and ends as the preflight does', async () => {
    const fine = await step({ queue: 'orders', function: 'order-worker' })
    expect(fine.code, fine.stdout + fine.stderr).toBe(0)
    expect(fine.stdout).toMatch(/^::(warning|notice) title=/m)
    expect(fine.stdout).not.toContain('::error')
    const missing = await step({ queue: 'no-such-queue', function: 'order-worker' })
    expect(missing.code).toBe(5)
    expect(missing.stdout).toContain('::error title=queue-not-found')
  })

  test('hands on the Region, the bar, and one flag a line', async () => {
    const strict = await step({ queue: 'orders', function: 'order-worker', 'fail-on': 'warning' })
    expect(strict.code, strict.stdout).toBe(3)
    const args = `--batch-size=50\n\n  \n--filter={"body": {"kind": ["a b"]}}\n`
    const settings = await step({ queue: 'orders', function: 'order-worker', args })
    expect(settings.code).toBe(3)
    expect(settings.stdout).toContain('::error title=batch-size-needs-window')
    const elsewhere = await step({ queue: 'orders', function: 'order-worker', region: 'eu-west-3' })
    expect(elsewhere.code, elsewhere.stdout).not.toBe(0)
  })

  test('takes nothing from npm of which no version was given', async () => {
    const ran = await step({ queue: 'orders', function: 'order-worker', path: '' })
    expect([ran.code, ran.stdout]).toEqual([
      2,
      expect.stringMatching(/^::error title=sqs-trigger::Give `path`/),
    ])
  })

  test.each(['$(touch pwned)', '`touch pwned`', '"; touch pwned; "', "'; touch pwned; '", '--version'])(
    'takes %s for a name and nothing else',
    async (text) => {
      for (const input of ['queue', 'function', 'region', 'fail-on', 'path', 'args']) {
        const ran = await step({ queue: 'orders', function: 'order-worker', [input]: text })
        expect(ran.leftBehind, input).toBe(false)
        if (text !== '--version') expect(ran.code, input).not.toBe(0)
      }
    },
  )
})

test('the SBOM lists what the notices list, as the lock file has it', async () => {
  const { stdout, code } = await run(process.execPath, ['scripts/sbom.mjs'], { cwd: root })
  expect(code).toBe(0)
  const { components, ...document } = JSON.parse(stdout)
  expect(document).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' })
  const notices = readFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8')
  const listed = [...notices.matchAll(/^## (.+)$/gm)].flatMap(([, heading = '']) => heading.split('), '))
  expect(components).toHaveLength(listed.length)
  expect(components.length).toBeGreaterThan(50)
  const npm = await run('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: root,
    env: { HOME: process.env.HOME },
  })
  const installedHere = new Map<string, { readonly hashes?: unknown }>(
    JSON.parse(npm.stdout).components.map((part: { readonly purl: string }) => [part.purl, part]),
  )
  for (const { purl, hashes } of components) {
    expect(installedHere.get(purl), purl).toBeDefined()
    expect(hashes, purl).toEqual(installedHere.get(purl)?.hashes)
  }
})

test.each([
  ['v0.0.0', /The tag is v0\.0\.0, but package\.json says/],
  ['', /The tag is missing/],
])('the tag %s is not published', async (TAG, why) => {
  const { code, stderr } = await run(process.execPath, ['scripts/ready-to-release.mjs'], {
    cwd: root,
    env: { TAG },
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(why)
})

test('attw finds nothing in the types of the package', async ({ skip }) => {
  const folder = await installed('@arethetypeswrong/cli@0.18.5')
  if (folder === undefined) return skip('the registry cannot be reached: attw could not be installed')
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
    env: { HOME: process.env.HOME },
  })
  expect(packed.code, packed.stderr).toBe(0)
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.search(/^\[/m)))
  const words = [join(folder, filename), '--profile', 'esm-only', '--no-color']
  const { code, stdout, stderr } = await run(join(folder, 'node_modules/.bin/attw'), words, {
    cwd: folder,
    env: { ...cleanEnv, HOME: folder },
  })
  expect(code, stdout + stderr).toBe(0)
})
