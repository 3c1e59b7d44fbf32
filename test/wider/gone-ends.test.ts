import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

const ends = [
  ['queue', 'reads from queue orders'],
  ['function', 'calls function worker'],
] as const

/** `orders` is wired to `worker`; then one of them is deleted. */
async function withoutEnd(end: 'queue' | 'function'): Promise<Journey & { readonly uuid: string }> {
  const journey = await startJourney()
  expect((await runHere(['wire', 'orders', 'worker', '--yes'], journey.env)).code).toBe(0)
  await journey.seed([
    end === 'queue'
      ? { service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: journey.queueUrl('orders') } }
      : { service: 'lambda', operation: 'DeleteFunction', input: { FunctionName: 'worker' } },
  ])
  const [uuid = ''] = journey.world.eventSources.mappings.keys()
  return { ...journey, uuid }
}

const unbroken = (text: string) => text.replace(/ \\\n +| *\n +/g, ' ')

describe.each(ends)('a mapping whose %s was deleted', (end, said) => {
  test('status says so first, and how to delete it', async () => {
    const { env, uuid } = await withoutEnd(end)
    const { code, stdout, stderr } = await runHere(['status', 'orders'], env)
    expect(code).toBe(0)
    expect(unbroken(stdout)).toMatch(`✗ Mapping ${uuid} (Enabled) ${said}, which does not exist.`)
    expect(stdout).not.toContain('is Enabled')
    expect(stdout.match(/which does\s+not exist/g)).toHaveLength(1)
    expect(unbroken(stderr)).toMatch(
      new RegExp(`Next delete the mapping, or make the ${end} again: sqs-trigger unwire ${uuid}\n$`),
    )
    const judged = await runHere(['status', 'orders', '--exit-status', '--json'], env)
    expect(judged.code).toBe(3)
    const document = JSON.parse(judged.stdout)
    expect(document.error.hint).toContain(`sqs-trigger unwire ${uuid}`)
  })

  test('plan and apply leave it, and say how to delete it', async () => {
    const { env, uuid, world } = await withoutEnd(end)
    const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-gone-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'sqs-trigger.yaml')
    const text = 'name: shop\ntriggers:\n  - { queue: orders, function: worker }\n'
    writeFileSync(file, text)
    for (const args of [['plan'], ['plan', '--exit-code'], ['apply', '--adopt', '--yes']]) {
      const { code, stdout, stderr } = await runHere([...args, '-f', file], env)
      expect(code).toBe(3)
      const told = unbroken(stdout + stderr)
      expect(told).toContain(`Mapping ${uuid} (Enabled) ${said}, which does not exist.`)
      expect(told).toContain('Plan: 1 blocked by checks.')
      expect(told).toContain(`sqs-trigger unwire ${uuid}`)
    }
    expect(world.eventSources.mappings.get(uuid)?.tags).toEqual({})
    const keeping = await runHere(['apply', '--adopt', '--yes', '--keep-going', '-f', file], env)
    expect(keeping.code).toBe(3)
    expect(unbroken(keeping.stdout)).toContain(`blocked by mapping-without-${end}`)
    expect(world.eventSources.mappings.get(uuid)?.tags).toEqual({})
    const ignore = `ignore: [{ rule: mapping-without-${end}, reason: it comes back at night }]`
    writeFileSync(file, `${text}${ignore}\n`)
    const ignored = await runHere(['plan', '-f', file], env)
    expect(ignored.code).toBe(0)
    expect(ignored.stdout).toContain('1 ignored')
    expect(ignored.stdout).not.toContain('Unused')
  })

  test('explain judges the rule there, and offers the same', async () => {
    const { env, uuid } = await withoutEnd(end)
    const { code, stdout } = await runHere(['explain', `mapping-without-${end}`, 'orders', 'worker'], env)
    expect(code).toBe(0)
    expect(unbroken(stdout)).toContain(`✗ failed: Mapping ${uuid} (Enabled) ${said}, which does not exist.`)
    expect(stdout).toContain(`sqs-trigger unwire ${uuid}`)
  })
})

test('explain of the other end still says what is missing', async () => {
  const { env } = await withoutEnd('queue')
  const { code, stderr } = await runHere(['explain', 'mapping-without-function', 'orders', 'worker'], env)
  expect(code).toBe(5)
  expect(stderr).toContain('Queue orders does not exist')
})
