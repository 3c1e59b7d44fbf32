import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { applyQuickstartRemoval, planQuickstartRemoval } from '../../src/operations/quickstart/removal.js'
import type { QuickstartApply, QuickstartRequest } from '../../src/operations/quickstart/results.js'
import { applyQuickstart, planQuickstart } from '../../src/operations/quickstart.js'
import type { Session } from '../../src/operations/session.js'
import { sessionOf } from '../preflight/preflight-world.js'
import { collect, collectFailure } from '../support/collect.js'
import { movingClock, startTestSandbox, type TestSandbox } from '../support/sandbox.js'

const name = 'sqs-trigger-quickstart'

/** As whoever has exactly the rights of the quickstart. Sleeping moves the sandbox's clock. */
async function begin() {
  const sandbox = await startTestSandbox()
  const base = await sessionOf(sandbox, 'AKIASANDBOXBUILDER')
  const session: Session = { ...base, clock: movingClock(sandbox) }
  const plan = async (request: QuickstartRequest = {}) =>
    (await collect(planQuickstart(request, session))).result
  const apply = async (options: QuickstartApply = {}, request: QuickstartRequest = {}) =>
    collect(applyQuickstart(await plan(request), { sendTest: false, ...options }, session))
  const failure = async (options: QuickstartApply = {}) =>
    collectFailure(applyQuickstart(await plan(), { sendTest: false, ...options }, session))
  const removal = async () => (await collect(planQuickstartRemoval({}, session))).result
  const calls = (operation: string) => sandbox.calls().filter((call) => call.operation === operation)
  return { sandbox, session, plan, apply, failure, removal, calls }
}

/** From now on the builder may not call this. */
async function deny({ seed }: TestSandbox, Action: string): Promise<void> {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource: '*' }] }
  const input = { UserName: 'builder', PolicyName: 'never', PolicyDocument: JSON.stringify(document) }
  await seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
}

test('made, told as it goes on, the same again unchanged, deleted', async () => {
  const { sandbox, session, plan, apply, removal, calls } = await begin()
  Object.assign(sandbox.world.delays, { stackResource: 700 })
  const planned = await plan({ tags: { team: 'orders' } })
  expect(planned).toMatchObject({ outcome: 'create', stack: null, changes: [{ type: 'stack' }] })
  const { result, events } = await apply({}, { tags: { team: 'orders' } })
  expect(result).toMatchObject({ outcome: 'created', stack: { status: 'CREATE_COMPLETE' }, sent: [] })
  const told = events.flatMap((event) => (event.type === 'stack-event' ? [event.event] : []))
  expect(told).toEqual(result.events)
  // By the clock of CloudFormation, whenever they were read.
  const at = events.flatMap((event) => (event.type === 'stack-event' ? [event.elapsedMs] : []))
  expect(at).toEqual(told.map(({ time }) => Date.parse(time) - Date.parse(told[0]?.time ?? '')))
  expect(at.at(-1)).toBeGreaterThan(0)
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
  expect(told.at(0)).toMatchObject({ resource: name, status: 'CREATE_IN_PROGRESS' })
  expect(told.at(-1)).toMatchObject({ resource: name, status: 'CREATE_COMPLETE' })

  expect(await plan()).toMatchObject({ outcome: 'unchanged', options: { tags: { team: 'orders' } } })
  const again = await apply({ sendTest: true })
  expect(again.result).toMatchObject({ outcome: 'unchanged', queueArn: result.queueArn, sent: [] })
  expect(calls('CreateStack')).toHaveLength(1)

  const going = await removal()
  expect(going.resources.map(({ resource }) => resource)).toContain('Queue')
  const removed = await collect(applyQuickstartRemoval(going, {}, session))
  expect(removed.result).toMatchObject({ outcome: 'deleted' })
  expect(removed.result.events[0]).toMatchObject({ resource: name, status: 'DELETE_IN_PROGRESS' })
  expect(await removal()).toMatchObject({ outcome: 'unchanged', changes: [] })
})

test.each([
  [{ fifo: true }, /its queue is a standard one, --fifo was asked for/],
  [{ sms: true }, /it sends no text messages/],
  [{ tags: { team: 'orders' } }, /tag team is not there, "orders" was asked for/],
])('with other options it is a conflict: %j', async (request, message) => {
  const { plan, apply } = await begin()
  await apply()
  expect(await plan(request)).toMatchObject({
    outcome: 'conflict',
    obstacle: { code: 'CONFLICT', message: expect.stringMatching(message) },
  })
})

test('what something else made is neither used nor deleted', async () => {
  const { sandbox, plan, removal } = await begin()
  const input = { StackName: name, TemplateBody: '{"Resources":{}}' }
  await sandbox.seed([{ service: 'cloudformation', operation: 'CreateStack', input }])
  const foreign = { outcome: 'conflict', changes: [], obstacle: { code: 'CONFLICT' } }
  expect(await plan()).toMatchObject(foreign)
  expect(await removal()).toMatchObject(foreign)
})

test('a refused right: the first reason, the state, and what to do; then it has to be deleted first', async () => {
  const { sandbox, session, plan, failure, removal } = await begin()
  await deny(sandbox, 'lambda:CreateFunction')
  const { error } = await failure()
  expect(error).toMatchObject({ code: 'ACCESS_DENIED' })
  expect(error.message).toMatch(
    /was not made: Function \(AWS::Lambda::Function\) failed\..*lambda:CreateFunction/,
  )
  expect(error.message).toMatch(/took back all that it had made\.$/)
  expect(error.hint).toMatch(
    /quickstart --print policy.*\n.*ROLLBACK_COMPLETE.*\nsqs-trigger quickstart --delete /,
  )
  expect(await plan()).toMatchObject({
    outcome: 'conflict',
    obstacle: {
      message: expect.stringContaining('it can only be deleted'),
      hint: expect.stringContaining('--delete'),
    },
  })
  const going = await removal()
  expect(going.resources).toEqual([])
  await collect(applyQuickstartRemoval(going, {}, session))
  expect(await plan()).toMatchObject({ outcome: 'create' })
})

test('the deadline, an interrupt, and going on', async () => {
  const { sandbox, session, plan, apply, failure, calls } = await begin()
  const late = await failure({ timeoutMs: 100 })
  expect(late.error).toMatchObject({
    code: 'NOT_FINISHED',
    message: expect.stringContaining('goes on by itself'),
  })
  expect(late.error.hint).toMatch(/^sqs-trigger quickstart /)

  expect(await plan()).toMatchObject({ outcome: 'resume', changes: [] })
  const controller = new AbortController()
  const stopped = { ...session, signal: controller.signal }
  const stop = new SqsTriggerError('INTERRUPTED', 'Interrupted.')
  const clock = { ...session.clock, sleep: async () => controller.abort(stop) }
  const resumed = applyQuickstart(await plan(), { sendTest: false }, { ...stopped, clock })
  const { error } = await collectFailure(resumed)
  expect(error).toMatchObject({
    code: 'INTERRUPTED',
    hint: expect.stringMatching(/^continue: sqs-trigger quickstart /),
  })
  expect(error.message).toMatch(/^Stopped waiting after .* s: stack .* is CREATE_IN_PROGRESS\./)

  const { result } = await apply()
  expect(result).toMatchObject({ outcome: 'created', stack: { status: 'CREATE_COMPLETE' } })
  expect(result.events[0]).toMatchObject({ status: 'CREATE_IN_PROGRESS', resource: name })
  expect(calls('CreateStack')).toHaveLength(1)
  expect(sandbox.world.madeStacks.size).toBe(1)
})

test('a look that fails is not a stack that fails', async () => {
  const { sandbox, failure } = await begin()
  const effect = { kind: 'error', code: 'NobodyKnowsThis', message: 'It is new.', status: 400 } as const
  sandbox.faults.inject({ service: 'cloudformation', operation: 'DescribeStackEvents', effect })
  expect((await failure()).error).toMatchObject({
    code: 'REJECTED_BY_AWS',
    message: expect.stringContaining(`CloudFormation goes on with stack ${name} by itself.`),
    hint: expect.stringMatching(/^continue: sqs-trigger quickstart/m),
  })
})

test('what cannot be deleted is told, and deleting again goes on', async () => {
  const { sandbox, session, apply, plan, removal } = await begin()
  await apply()
  await deny(sandbox, 'sqs:DeleteQueue')
  const { error } = await collectFailure(applyQuickstartRemoval(await removal(), {}, session))
  expect(error).toMatchObject({ code: 'ACCESS_DENIED' })
  expect(error.message).toMatch(/was not deleted: Queue .*sqs:deletequeue/)
  expect(error.message).toMatch(/CloudFormation says: .*\[Queue, DeadLetterQueue\]/)
  expect(await plan()).toMatchObject({ outcome: 'conflict' })

  const input = { UserName: 'builder', PolicyName: 'never' }
  await sandbox.seed([{ service: 'iam', operation: 'DeleteUserPolicy', input }])
  const { result } = await collect(applyQuickstartRemoval(await removal(), {}, session))
  expect(result.outcome).toBe('deleted')
  // Those of the first attempt are not told again.
  expect(result.events.filter(({ status }) => status === 'DELETE_FAILED')).toEqual([])
})

test('a phone number is told nowhere', async () => {
  const { sandbox, session } = await begin()
  const { result: planned, events } = await collect(planQuickstart({ sms: true }, session))
  const applied = await collect(
    applyQuickstart(planned, { sendTest: false, phoneNumber: '+4917600000001' }, session),
  )
  expect(JSON.stringify([planned, events, applied])).not.toContain('4917600000001')
  const [fn] = sandbox.world.lambda.functions.values()
  expect(fn?.latest.settings.environment).toEqual({ PHONE_NUMBER: '+4917600000001' })
})

test('too many tags are refused before anything is asked', async () => {
  const { session, sandbox } = await begin()
  const tags = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`key${n}`, 'x'.repeat(50)]))
  const { error } = await collectFailure(planQuickstart({ tags }, session))
  expect(error).toMatchObject({ code: 'USAGE' })
  expect(sandbox.calls()).toEqual([])
})
