import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import type { FleetStep, StepResult } from '../../src/fleet/fleet-plan.js'
import { settleAll } from '../../src/fleet/settle-all.js'
import type { MappingSettings } from '../../src/mapping.js'
import { runToEnd } from '../../src/operations/run-to-end.js'
import {
  configuration,
  fakeSession,
  functionArn,
  mapping,
  queueArn,
  uuid,
} from '../operations/fake-session.js'

/** A change that AWS took, of a mapping that was so before (null: there was none). */
function done(
  action: FleetStep['action'],
  settings: MappingSettings | null,
  before: string | null,
): StepResult {
  const trigger = settings && {
    ...{
      settings,
      clear: [],
      origins: [],
      name: null,
      queue: 'orders',
      function: 'worker',
      at: { line: 3, column: 5 },
    },
  }
  const step: FleetStep = {
    ...{ action, queueArn, functionArn, trigger, differences: [], findings: [], blocking: [], changes: [] },
    ...{
      mapping: before === null ? null : mapping({ State: before }),
      reason: null,
      ownedBy: null,
      does: null,
    },
  }
  return { step, outcome: 'done', mapping: mapping({ State: 'Updating' }), failure: null }
}

/** What is told of it in the end, where AWS answers these states one after another (null: it is gone). */
async function settled(result: StepResult, ...states: readonly (string | null)[]) {
  const { session, lambda, time } = fakeSession()
  const answers = lambda.on(ListEventSourceMappingsCommand)
  const listOf = (state: string | null) => ({
    EventSourceMappings: state === null ? [] : [configuration({ State: state })],
  })
  for (const state of states.slice(0, -1)) answers.resolvesOnce(listOf(state))
  answers.resolves(listOf(states.at(-1) ?? null))
  const [ended] = await runToEnd(settleAll([result], 30_000, session))
  return { ended, elapsed: time.elapsed() }
}

describe('a mapping that came to rest Disabled', () => {
  it.each([
    ['was made, and the file says enabled', done('create', { enabled: true }, null)],
    ['was made, and the file says nothing of it', done('create', {}, null)],
    ['was on, and the file says nothing of it', done('update', {}, 'Enabled')],
    ['was off, and the file says nothing of it', done('update', {}, 'Disabled')],
    ['was off, and the file says enabled', done('update', { enabled: true }, 'Disabled')],
  ])('has failed where it %s', async (_, result) => {
    const { ended } = await settled(result, 'Enabling', 'Disabled')
    expect(ended).toMatchObject({
      outcome: 'failed',
      mapping: { state: 'Disabled' },
      failure: { code: 'MAPPING_STATE', hint: `sqs-trigger enable ${uuid}` },
    })
    expect(ended?.failure?.message).toContain('It is Disabled')
  })

  it.each([
    ['it was on', done('update', { enabled: false }, 'Enabled')],
    ['it was off before', done('update', { enabled: false }, 'Disabled')],
    ['it was made so', done('create', { enabled: false }, null)],
  ])('is as wanted where the file says so, and %s', async (_, result) => {
    const { ended } = await settled(result, 'Disabling', 'Disabled')
    expect(ended).toMatchObject({ outcome: 'done', mapping: { state: 'Disabled' }, failure: null })
  })
})

describe('what is waited for', () => {
  it('is Enabled, and told as it is then', async () => {
    const { ended, elapsed } = await settled(done('create', {}, null), 'Creating', 'Enabling', 'Enabled')
    expect(ended).toMatchObject({ outcome: 'done', mapping: { state: 'Enabled' } })
    expect(elapsed).toBe(6_000)
  })

  it('is gone where it was deleted', async () => {
    const { ended } = await settled(done('delete', null, 'Enabled'), 'Deleting', null)
    expect(ended).toMatchObject({ outcome: 'done', failure: null })
  })

  it('has failed where it did not come in time, with the command that goes on waiting', async () => {
    const { ended, elapsed } = await settled(done('create', {}, null), 'Creating')
    expect(ended).toMatchObject({
      outcome: 'failed',
      failure: { code: 'NOT_FINISHED', hint: `sqs-trigger wait ${uuid}` },
    })
    expect(elapsed).toBe(30_000)
  })
})
