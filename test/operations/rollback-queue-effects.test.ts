import { describe, expect, it } from 'vitest'
import { account } from '../preflight/preflight-world.js'
import { arnOfQueue } from '../preflight/scenario.js'
import { mend, refused, rollBack, type Scene, scene } from './repair-scene.js'

const below = 'visibility-timeout-below-function-timeout'
const noDeadLetters = 'no-dead-letter-queue'

const wired = async ({ sandbox }: Scene) =>
  sandbox.seed([
    {
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
      input: { EventSourceArn: arnOfQueue(), FunctionName: 'worker', Enabled: true },
    },
  ])

const removed = async ({ sandbox }: Scene, UUID: string) => {
  await sandbox.advance(60_000)
  return sandbox.seed([{ service: 'lambda', operation: 'DeleteEventSourceMapping', input: { UUID } }])
}

/** All that is said of the steps that undo something. */
const said = async (at: Scene, journalId: string) => {
  const { plan, applied } = await rollBack(at, journalId)
  expect(applied.result.steps.map(({ effects }) => effects)).toEqual(plan.steps.map(({ effects }) => effects))
  return plan.steps.flatMap(({ effects = [] }) => effects)
}

describe('queues with a live mapping', () => {
  const short = { queue: { attributes: { VisibilityTimeout: '1' } } }

  it.each<readonly [what: string, rule: string, faults: readonly string[], words: readonly RegExp[]]>([
    [
      'a visibility timeout below the function’s',
      below,
      [],
      [
        /^Mapping \S+ to function worker reads from queue orders, which will hide a message for 1 s only, while the function may run for \d+ s: .*handled twice\. AWS refuses to make such a mapping\.$/,
      ],
    ],
    [
      'the same, of a function that cannot be read',
      below,
      ['GetFunctionConfiguration'],
      [/for 1 s only\. Whether its function may run for longer could not be read: lambda:Get/],
    ],
    [
      'no dead-letter queue any more',
      noDeadLetters,
      [],
      [
        /^Mapping \S+ to function worker reads from queue orders, which will have no dead-letter queue: .* until its retention ends, and is then lost\.$/,
      ],
    ],
    [
      'mappings that cannot be listed',
      noDeadLetters,
      ['ListEventSourceMappings'],
      [/^Which functions read from queue orders could not be looked at: lambda:ListEv/],
    ],
  ])('%s', async (_, rule, faults, words) => {
    const at = await scene(short)
    const { result: first } = await mend(at, below)
    const { result } = rule === below ? { result: first } : await mend(at, rule)
    await wired(at)
    for (const operation of faults) at.sandbox.faults.inject(refused(operation))
    expect(await said(at, result.journalId)).toEqual(words.map((one) => expect.stringMatching(one)))
  })

  it('a visibility timeout that is still enough', async () => {
    const at = await scene({ functionTimeout: 3, queue: { attributes: { VisibilityTimeout: '3' } } })
    const { result } = await mend(at, 'visibility-timeout-leaves-no-retry-room')
    await wired(at)
    expect(await said(at, result.journalId)).toEqual([
      expect.stringMatching(/for 3 s only, enough for the 3 s that the function may run/),
    ])
  })

  it('nobody reads from it, or no more: nothing is said', async () => {
    const at = await scene(short)
    const { result: first } = await mend(at, below)
    const { result } = await mend(at, noDeadLetters)
    const [made] = await wired(at)
    const { UUID } = made as { UUID: string } // as Lambda answers
    await removed(at, UUID)
    expect(await said(at, result.journalId)).toEqual([])
    await at.sandbox.advance(60_000)
    expect(await said(at, first.journalId)).toEqual([])
  })

  it('asks nothing where a timeout gets longer', async () => {
    const at = await scene(short)
    const change = {
      action: 'set',
      type: 'queue-attributes',
      iamAction: 'sqs:SetQueueAttributes',
      queueArn: `arn:aws:sqs:us-east-1:${account}:orders`,
      attributes: { VisibilityTimeout: '1' },
    } as const
    const { effectsOfUndoing } = await import('../../src/operations/rollback/effects.js')
    const calls = at.sandbox.calls().length
    const journaled = { change, previous: { VisibilityTimeout: '90' }, state: 'made' } as const
    expect(await effectsOfUndoing(journaled, at.session)).toEqual([])
    expect(at.sandbox.calls()).toHaveLength(calls)
  })
})
