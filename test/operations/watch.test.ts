import { SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { readStatus } from '../../src/operations/status.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { watchMapping } from '../../src/operations/watch.js'
import { collect, collectFailure } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

test('a mapping that went wrong after it was made is told as such', async () => {
  const { sandbox, session } = await wiredDemo()
  const well = await collect(readStatus('orders', undefined, session, { checks: true }))
  const failed = (findings: typeof well.result.findings) =>
    findings?.filter(({ status }) => status === 'fail').map(({ rule }) => rule)
  expect(failed(well.result.findings)).toEqual([])
  const QueueUrl = `${sandbox.endpoint}/${sandbox.world.account}/orders`
  await session.clients.sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '1' } }),
  )
  const wrong = await collect(readStatus('orders', undefined, session, { checks: true }))
  expect(failed(wrong.result.findings)).toEqual(['visibility-timeout-below-function-timeout'])
  // What only a creation needs is not asked for.
  expect(wrong.result.findings?.filter(({ group }) => group === 'caller')).toEqual([])
})

test('each look is told, with whether anything changed, until the signal comes', async () => {
  const { sandbox, session } = await wiredDemo()
  const stop = new AbortController()
  let looks = 0
  const clock = {
    now: session.clock.now,
    sleep: async (ms: number) => {
      expect(ms).toBe(5_000)
      looks += 1
      if (looks === 2) {
        const { result } = await collect(
          planUpdate({ mapping: 'orders', settings: { enabled: false } }, session),
        )
        await collect(applyUpdate(result, {}, session))
        const QueueUrl = `${sandbox.endpoint}/${sandbox.world.account}/orders`
        await session.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))
      }
      if (looks === 4) stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
      stop.signal.throwIfAborted()
      await session.clock.sleep(ms, stop.signal)
    },
  }
  const { error, events } = await collectFailure(
    watchMapping({ mapping: 'orders', intervalMs: 5_000 }, { ...session, clock, signal: stop.signal }),
  )
  expect(error.code).toBe('INTERRUPTED')
  const seen = events.flatMap((event) =>
    event.type === 'status-seen'
      ? [[event.status.mapping.state, event.status.queue?.visible, event.changed]]
      : [],
  )
  expect(seen).toEqual([
    ['Enabled', 0, true],
    ['Enabled', 0, false],
    ['Disabled', 1, true],
    ['Disabled', 1, false],
  ])
})
