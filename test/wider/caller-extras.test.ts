import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { applyRedrive, planRedrive } from '../../src/operations/redrive.js'
import { readStatus } from '../../src/operations/status.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import { type Extra, extras } from '../../src/permissions/caller-extras.js'
import { account } from '../preflight/preflight-world.js'
import { collect } from '../support/collect.js'
import { give, printed, withTest, world } from './caller-world.js'

test('with the rights of update, redrive and metrics all three work, and without each of them its own does not', async () => {
  const refusedWith = async (extra: readonly Extra[]) => {
    const { sandbox, session } = await world()
    await give(sandbox, await printed(sandbox, false, 'user/dev/ann', extra))
    const { result: plan } = await collect(planWiring({ ...withTest, settings: {} }, session))
    const { result: wired } = await collect(applyWiring(plan, {}, session))
    const { uuid } = wired.mapping
    const changing: readonly [Extra, () => Promise<unknown>][] = [
      [
        'update',
        async () => {
          const { result } = await collect(planUpdate({ mapping: uuid, settings: { batchSize: 5 } }, session))
          await collect(applyUpdate(result, {}, session))
        },
      ],
      [
        'redrive',
        async () => {
          const QueueUrl = `${sandbox.endpoint}/${account}/orders-dlq`
          const input = { QueueUrl, MessageBody: 'x' }
          await sandbox.seed([{ service: 'sqs', operation: 'SendMessage', input }])
          const { result } = await collect(planRedrive({ mapping: uuid, force: true }, session))
          await collect(applyRedrive(result, { wait: false }, session))
        },
      ],
      [
        'metrics',
        async () => {
          const { result } = await collect(readStatus(uuid, undefined, session, { metrics: true }))
          if (result.metrics?.unreadable)
            throw new SqsTriggerError('ACCESS_DENIED', result.metrics.unreadable)
        },
      ],
    ]
    const refused: Extra[] = []
    for (const [name, use] of changing) {
      await use().catch((error: unknown) => {
        if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
        refused.push(name)
      })
    }
    return refused
  }
  expect(await refusedWith(extras)).toEqual([])
  for (const left of extras) expect(await refusedWith(extras.filter((one) => one !== left))).toEqual([left])
})
