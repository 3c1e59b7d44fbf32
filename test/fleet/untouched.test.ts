import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { applyFleet } from '../../src/fleet/apply-fleet.js'
import type { FleetPlan, FleetStep } from '../../src/fleet/fleet-plan.js'
import {
  awsError,
  configuration,
  fakeSession,
  functionArn,
  plan,
  queueArn,
} from '../operations/fake-session.js'
import { collect } from '../support/collect.js'

const stepOf = (index: number): FleetStep => ({
  ...{ action: 'create', queueArn: `${queueArn}-${index}`, functionArn, trigger: null, mapping: null },
  ...{ differences: [], findings: [], blocking: [], changes: [], reason: null, ownedBy: null },
  does: { kind: 'wire', plan: plan() },
})

const threeSteps: FleetPlan = {
  ...{ context: plan().context, file: 'sqs-trigger.yaml', owner: 'shop', environment: null },
  ...{ steps: [stepOf(0), stepOf(1), stepOf(2)], findings: [], unused: [], unowned: 0 },
}

const oneByOne = { parallel: 1, wait: false }

async function apply({ session }: ReturnType<typeof fakeSession>) {
  const { result, events } = await collect(applyFleet(threeSteps, oneByOne, session))
  return {
    outcomes: result.steps.map(({ step, outcome, failure }) => [
      ...[step.queueArn.slice(queueArn.length), outcome, failure?.code ?? null],
    ]),
    progress: events.flatMap((event) => (event.type === 'fleet-progress' ? [event.done + event.failed] : [])),
  }
}

describe('what apply did not begin', () => {
  it('is told, each of it, and nothing is sent, where it was stopped before it began', async () => {
    const fake = fakeSession()
    fake.controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
    expect(await apply(fake)).toEqual({
      outcomes: ['-0', '-1', '-2'].map((name) => [name, 'untouched', null]),
      progress: [],
    })
    expect(fake.sent('lambda')).toEqual([])
  })

  it('is told beside what was done, where it was stopped midway', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).callsFake(() => {
      fake.controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
      return configuration()
    })
    const { outcomes } = await apply(fake)
    expect(outcomes).toEqual([
      ['-0', 'done', null],
      ['-1', 'untouched', null],
      ['-2', 'untouched', null],
    ])
    expect(fake.sent('lambda')).toHaveLength(1)
  })

  it('is what waited for its turn while AWS throttled, too', async () => {
    const fake = fakeSession()
    fake.lambda
      .on(CreateEventSourceMappingCommand)
      .rejects(awsError('TooManyRequestsException', 'Rate exceeded', 429))
    fake.time.at(500, () => fake.controller.abort(new SqsTriggerError('TERMINATED', 'Terminated.')))
    const { outcomes } = await apply(fake)
    expect(outcomes).toEqual(['-0', '-1', '-2'].map((name) => [name, 'untouched', null]))
  })

  it('is the rest, where nobody is signed in any more', async () => {
    const fake = fakeSession()
    fake.lambda
      .on(CreateEventSourceMappingCommand)
      .rejects(
        awsError('ExpiredTokenException', 'The security token included in the request is expired', 403),
      )
    const { outcomes, progress } = await apply(fake)
    expect(outcomes).toEqual([
      ['-0', 'failed', 'CREDENTIALS_EXPIRED'],
      ['-1', 'untouched', null],
      ['-2', 'untouched', null],
    ])
    expect(progress).toEqual([1])
    expect(fake.sent('lambda')).toHaveLength(1)
  })

  it('is nothing where one of several fails for a reason of its own', async () => {
    const fake = fakeSession()
    fake.lambda
      .on(CreateEventSourceMappingCommand)
      .rejectsOnce(awsError('InvalidParameterValueException', 'no', 400))
      .resolves(configuration())
    const { outcomes, progress } = await apply(fake)
    expect(outcomes.map(([, outcome]) => outcome)).toEqual(['failed', 'done', 'done'])
    expect(progress).toEqual([1, 2, 3])
  })
})
