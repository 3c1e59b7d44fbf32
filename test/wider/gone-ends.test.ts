import { describe, expect, test } from 'vitest'
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
