import { CreateEventSourceMappingCommand, GetEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { ApplyOptions } from '../../src/operations/requests.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import type { Finding, FindingStatus } from '../../src/preflight/finding.js'
import { allow } from '../preflight/scenario.js'
import { collect, collectFailure } from '../support/collect.js'
import { awsError, configuration, fakeSession, functionArn, plan, queueArn } from './fake-session.js'
import { mend, scene } from './repair-scene.js'

const invalid = (message: string) => awsError('InvalidParameterValueException', message)
const lacks = 'The function execution role does not have permissions to call ReceiveMessage on SQS'
const visibility = 'Queue visibility timeout: 60 seconds is less than Function timeout: 300 seconds'
const noQueue =
  'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.'

/** AWS refuses so many times, then takes it. The jitter is in the middle. */
function refusing(message: string, times: number, State = 'Enabled') {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  onTestFinished(() => void vi.restoreAllMocks())
  const fake = fakeSession()
  const create = fake.lambda.on(CreateEventSourceMappingCommand)
  for (let time = 0; time < times; time += 1) create.rejectsOnce(invalid(message))
  create.resolves(configuration({ State }))
  const asked = () => fake.sent('lambda').filter(([name]) => name === 'CreateEventSourceMapping').length
  return { fake, asked }
}

// Only these members are looked at.
const finding = (rule: string, status: FindingStatus, more = {}) => ({ rule, status, ...more }) as Finding

const apply = (fake: ReturnType<typeof fakeSession>, options: ApplyOptions) =>
  applyWiring(plan(), options, fake.session)

describe('after our own change', () => {
  test.each([
    ['the new wording', lacks],
    ['the old wording', 'The provided execution role does not have permissions to call DeleteMessage on SQS'],
    ['trust', 'The role defined for the function cannot be assumed by Lambda.'],
    ['trust, as it was said', 'Please add Lambda as a Trusted Entity for arn:aws:iam::1:role/x'],
    ['an advice', 'Please ensure the role can perform sqs:ReceiveMessage'],
  ])('the create is asked for again: %s', async (_, message) => {
    const { fake, asked } = refusing(message, 3)
    const { types, result, events } = await collect(apply(fake, { afterOwnWrite: true }))
    expect(result.outcome).toBe('created')
    expect(asked()).toBe(4)
    // 1 s, then 1.7 s and 2.9 s: told about once a second.
    expect(fake.time.elapsed()).toBeCloseTo(1_000 + 1_700 + 2_890, -1)
    expect(types).toEqual([...Array(6).fill('permission-pending'), 'change-applied', 'mapping-state'])
    expect(events[0]).toEqual({
      type: 'permission-pending',
      what: 'the new permission of the role',
      attempt: 1,
      elapsedMs: 0,
      timeoutMs: 120_000,
    })
    expect(events[5]).toMatchObject({ attempt: 3, elapsedMs: 4_700 })
  })

  test.each([
    ['two minutes', {}, 120_000],
    ['what is asked for', { propagationMs: 5_000 }, 5_000],
    ['nothing', { propagationMs: 0 }, 0],
  ])('bounded by %s, never busy', async (_, options, bound) => {
    const { fake, asked } = refusing(lacks, 1_000)
    const seen = plan({ findings: [finding('role-lacks-receive-message', 'pass')] })
    const { error } = await collectFailure(
      applyWiring(seen, { afterOwnWrite: true, ...options }, fake.session),
    )
    expect(error).toMatchObject({
      code: 'REJECTED_BY_AWS',
      message: expect.stringMatching(
        /does not go by the new permission of the role yet: the same command goes on/,
      ),
      aws: { message: lacks },
    })
    expect(fake.time.elapsed()).toBe(bound)
    expect(Math.min(...fake.time.sleeps, 1)).toBeGreaterThan(0)
    // 15 s between two at the end.
    expect(asked()).toBeLessThan(15)
  })

  test('attributes of a queue: 90 seconds at most', async () => {
    const { fake } = refusing(visibility, 1_000)
    const options = { afterOwnWrite: ['queue-attributes'] } as const
    const { error, events } = await collectFailure(apply(fake, options))
    expect(error.aws?.message).toBe(visibility)
    expect(events[0]).toMatchObject({ what: 'the new visibility timeout of the queue', timeoutMs: 90_000 })
    expect(fake.time.elapsed()).toBe(90_000)
  })

  test('a signal ends it, and says what exists', async () => {
    const { fake, asked } = refusing(lacks, 1_000)
    fake.time.at(2_500, () => fake.controller.abort(new SqsTriggerError('TERMINATED', 'stopped')))
    const { error } = await collectFailure(apply(fake, { afterOwnWrite: true }))
    expect(error).toMatchObject({
      code: 'TERMINATED',
      message:
        'Stopped after 2 s, before AWS went by the new permission of the role. No mapping was created.',
    })
    expect(asked()).toBe(2)
  })

  test('the wait for Enabled keeps its own time', async () => {
    const { fake } = refusing(lacks, 3, 'Creating')
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration({ State: 'Creating' }))
    const { error } = await collectFailure(apply(fake, { afterOwnWrite: true, timeoutMs: 4_000 }))
    expect(error.code).toBe('NOT_FINISHED')
    expect(fake.time.elapsed()).toBeCloseTo(5_590 + 4_000, -1)
  })
})

describe('final at once', () => {
  test.each<readonly [what: string, message: string, options: ApplyOptions]>([
    ['without a change of ours', lacks, {}],
    ['a change of another kind', lacks, { afterOwnWrite: ['queue-attributes'] }],
    ['a visibility timeout that nobody changed', visibility, { afterOwnWrite: ['role-policy'] }],
    ['a visibility timeout without a change of ours', visibility, {}],
    [
      'trust, after a change of a queue',
      'The role cannot be assumed by Lambda.',
      { afterOwnWrite: ['queue-attributes'] },
    ],
    ['another setting after a change of the queue', noQueue, { afterOwnWrite: ['queue-attributes'] }],
    ['after a queue was made', visibility, { afterOwnWrite: ['queue'] }],
    ['a missing queue', noQueue, { afterOwnWrite: true }],
    ['a setting', 'Batching window is not supported for FIFO queues', { afterOwnWrite: true }],
  ])('%s', async (_, message, options) => {
    const { fake, asked } = refusing(message, 1)
    const { error, events } = await collectFailure(apply(fake, options))
    expect(error.aws?.message).toBe(message)
    expect(asked()).toBe(1)
    expect(events).toEqual([])
    expect(fake.time.sleeps).toEqual([])
  })

  test('another code with the same text is another thing', async () => {
    const { fake, asked } = refusing(lacks, 0)
    fake.lambda.on(CreateEventSourceMappingCommand).rejects(awsError('ServiceException', lacks, 500))
    await collectFailure(apply(fake, { afterOwnWrite: true }))
    expect(asked()).toBe(1)
  })
})

describe('a real gap or a typo', () => {
  const fix = { summary: 'x', commands: [{ shell: 'posix', text: 'aws iam mend' }], automatic: true }
  const seen = finding('queue-not-found', 'pass')
  const deletes = lacks.replace('ReceiveMessage', 'DeleteMessage')
  const gap =
    /orders exists, as the preflight saw, so that its ARN is right\. It is role worker-role that lacks the permission/
  const allowed = /Its policies allow it as far as they can be read: a policy of the organization/
  test.each<readonly [message: string, findings: readonly Finding[], said: RegExp, hint: RegExp]>([
    [
      lacks,
      [seen, finding('role-lacks-receive-message', 'unknown')],
      gap,
      /^Add sqs:ReceiveMessage to the policies of role worker-role\./,
    ],
    [
      deletes,
      [seen, finding('role-lacks-delete-message', 'fail', { fix: { ...fix, commands: [] } })],
      gap,
      /^x$/,
    ],
    [deletes, [seen, finding('role-lacks-delete-message', 'fail', { fix })], gap, /^aws iam mend$/],
    [
      lacks,
      [seen, finding('role-lacks-receive-message', 'pass')],
      allowed,
      /^If sqs:ReceiveMessage was allowed just now/,
    ],
    [
      deletes,
      [seen, finding('role-lacks-delete-message', 'pass')],
      allowed,
      /^If sqs:DeleteMessage was allowed just now/,
    ],
    [
      lacks,
      [finding('queue-not-found', 'unknown')],
      /either role worker-role that lacks the permission, or arn:aws:sqs:\S+orders that is wrong/,
      /^Add the permission/,
    ],
    [noQueue, [seen], /saw it a moment ago: it has been deleted since/, /./],
    [noQueue, [], /permission was not what AWS objected to: check Region, account and name/, /./],
  ])('%s', async (message, findings, said, hint) => {
    const { fake } = refusing(message, 1)
    const target = { queueArn, functionArn, roleArn: 'arn:aws:iam::111122223333:role/worker-role' }
    const { error } = await collectFailure(applyWiring(plan({ findings, target }), {}, fake.session))
    expect(error.message).toMatch(said)
    expect(error.hint).toMatch(hint)
    // What is known to be right need not be looked up.
    if (error.message.includes('its ARN is right')) expect(error.hint).not.toMatch(/Region|account/)
  })
})

test.each<readonly [what: string, status: FindingStatus, said: RegExp]>([
  ['lacks it all the same', 'fail', /It is role worker-role that lacks the permission\.$/],
  [
    'cannot be seen to allow it',
    'unknown',
    /Either role worker-role lacks the permission, or AWS does not go by/,
  ],
])('after our own change, of a role that %s', async (_, status, said) => {
  const { fake } = refusing(lacks, 1_000)
  const target = { queueArn, functionArn, roleArn: 'arn:aws:iam::111122223333:role/worker-role' }
  const findings = [finding('queue-not-found', 'pass'), finding('role-lacks-receive-message', status)]
  const options = { afterOwnWrite: true, propagationMs: 0 }
  const { error } = await collectFailure(applyWiring(plan({ findings, target }), options, fake.session))
  expect(error.message).toMatch(said)
  expect(error.message).not.toContain('goes on from here')
})

test('on the sandbox: mended, asked again until IAM goes by it, enabled', async () => {
  const at = await scene({ role: { inline: [allow('logs:*')] }, options: { iamLagMs: 20_000 } })
  await mend(at, 'role-lacks-receive-message')
  // IAM itself shows it at once.
  const request = { queue: 'orders', function: 'worker', settings: {}, sendTest: false, ignore: [], only: [] }
  const { result: planned } = await collect(planWiring(request, at.session))
  expect(planned.outcome).toBe('create')
  const { error } = await collectFailure(applyWiring(planned, {}, at.session))
  expect(error.message).toMatch(/Its policies allow it as far as they can be read/)
  const started = at.session.clock.now()
  const { types, result } = await collect(
    applyWiring(planned, { afterOwnWrite: ['role-policy'] }, at.session),
  )
  expect(result).toMatchObject({ outcome: 'created', mapping: { state: 'Enabled' } })
  expect(types.filter((type) => type === 'permission-pending').length).toBeGreaterThan(10)
  expect(at.session.clock.now() - started).toBeGreaterThan(15_000)
  expect(at.session.clock.now() - started).toBeLessThan(40_000)
})
