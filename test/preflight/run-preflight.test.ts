import { GetRoleCommand, IAMServiceException, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { createClients } from '../../src/aws/clients.js'
import { SqsTriggerError } from '../../src/errors.js'
import { systemClock } from '../../src/operations/clock.js'
import { runPreflight } from '../../src/preflight/run-preflight.js'
import { collectFailure } from '../support/collect.js'
import { preflight } from './preflight-world.js'

const account = '111122223333'
const roleArn = `arn:aws:iam::${account}:role/worker-role`
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

/** A healthy world whose IAM has no simulator and shows no documents; the caller is `callerArn`. */
async function mockedSession(callerArn: string, signal = new AbortController().signal) {
  const clients = await createClients({
    region: 'eu-central-1',
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  })
  const mocks = {
    sts: mockClient(clients.sts),
    iam: mockClient(clients.iam),
    lambda: mockClient(clients.lambda),
    sqs: mockClient(clients.sqs),
  }
  mocks.sts
    .on(GetCallerIdentityCommand)
    .resolves({ Arn: callerArn, Account: callerArn.split(':')[4] ?? '', UserId: 'x' })
  mocks.iam.rejects(
    new IAMServiceException({ name: 'AccessDenied', $fault: 'client', message: 'no', $metadata: {} }),
  )
  const role = { RoleName: 'worker-role', Arn: roleArn, Path: '/', RoleId: 'x', CreateDate: new Date(0) }
  mocks.iam
    .on(GetRoleCommand, { RoleName: 'worker-role' })
    .resolves({ Role: { ...role, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)) } })
  mocks.lambda
    .on(GetFunctionConfigurationCommand)
    .resolves({ FunctionName: 'worker', Role: roleArn, Timeout: 3 })
  mocks.lambda.on(GetFunctionConcurrencyCommand).resolves({})
  mocks.lambda.on(ListFunctionsCommand).resolves({ Functions: [] })
  mocks.lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [] })
  mocks.sqs
    .on(GetQueueAttributesCommand)
    .resolves({ Attributes: { VisibilityTimeout: '30', SqsManagedSseEnabled: 'true' } })
  return { session: { clients, clock: systemClock, signal }, mocks }
}

const create = 'caller-lacks-create-event-source-mapping'

describe('who calls', () => {
  it.each<[string, string, string, RegExp]>([
    ['the root user', `arn:aws:iam::${account}:root`, 'pass', /You may call/],
    ['a federated user', `arn:aws:sts::${account}:federated-user/ann`, 'unknown', /cannot be read from here/],
    [
      'a role that GetRole may not show',
      `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Dev_0a1b/ann`,
      'unknown',
      /iam:GetRole was refused/,
    ],
    [
      'a user whose policies are closed',
      `arn:aws:iam::${account}:user/dev`,
      'unknown',
      /iam:SimulatePrincipalPolicy was refused/,
    ],
  ])('%s', async (_, arn, status, message) => {
    const { session, mocks } = await mockedSession(arn)
    const { byRule } = await preflight(session)
    expect(byRule[create]).toMatchObject({ status, message: expect.stringMatching(message) })
    expect(byRule['role-not-assumable-by-lambda']?.status).toBe('pass')
    const simulated = mocks.iam
      .commandCalls(SimulatePrincipalPolicyCommand)
      .map((call) => call.args[0].input.PolicySourceArn)
    // Neither a session nor root is ever handed to the simulator.
    expect(
      simulated.every((source) => source === roleArn || source === `arn:aws:iam::${account}:user/dev`),
    ).toBe(true)
  })

  it('calls from another account than the function’s', async () => {
    const { session } = await mockedSession('arn:aws:iam::444455556666:user/dev')
    const { failed, byRule } = await preflight(session, {
      function: `arn:aws:lambda:eu-central-1:${account}:function:worker`,
    })
    expect(failed).toEqual(['function-not-in-caller-account'])
    expect(byRule['role-lacks-receive-message']).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('in another account'),
    })
  })
})

describe('a queue of another account', () => {
  it('that SQS calls missing is unknown, because it may only be hidden', async () => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    mocks.sqs
      .on(GetQueueAttributesCommand)
      .rejects(new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} }))
    const { byRule } = await preflight(session, { queue: 'arn:aws:sqs:eu-central-1:444455556666:orders' })
    expect(byRule['queue-not-found']).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/444455556666 may mean that you have no access/),
    })
  })
})

describe('before the first call', () => {
  it.each([
    ['a malformed queue', { queue: 'my queue' }, /letters, digits/],
    ['a malformed function', { function: 'worker:' }, /ends in a colon/],
    ['a rule that does not exist', { ignore: ['no-such-rule'] }, /no rule "no-such-rule"/],
  ])('%s is a usage error', async (_, request, message) => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    const asked = {
      queue: 'orders',
      function: 'worker',
      settings: {},
      sendTest: false,
      ignore: [],
      ...request,
    }
    const { error, events } = await collectFailure(runPreflight(asked, session))
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) })
    expect(events).toEqual([])
    expect(mocks.sts.calls()).toHaveLength(0)
  })
})

describe('Ctrl-C', () => {
  it('ends the preflight at once, even while an endpoint hangs', async () => {
    const controller = new AbortController()
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`, controller.signal)
    mocks.sqs
      .on(GetQueueAttributesCommand)
      .callsFake(() => new Promise(() => controller.abort(new SqsTriggerError('INTERRUPTED', 'Stopped.'))))
    const request = { queue: 'orders', function: 'worker', settings: {}, sendTest: false, ignore: [] }
    const { error, types } = await collectFailure(runPreflight(request, session))
    expect(error.code).toBe('INTERRUPTED')
    expect(types).not.toContain('facts-gathered')
  })
})

describe('a rule to be ignored', () => {
  it('is told as ignored; one that AWS enforces is not', async () => {
    const { session } = await mockedSession(`arn:aws:iam::${account}:root`)
    const { byRule } = await preflight(session, {
      ignore: ['no-dead-letter-queue', 'batch-size-needs-window'],
      settings: { batchSize: 50 },
    })
    expect(byRule['no-dead-letter-queue']?.status).toBe('ignored')
    expect(byRule['batch-size-needs-window']?.status).toBe('fail')
  })
})
