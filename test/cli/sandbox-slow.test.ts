import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import { awsIamLagMs } from '../../src/sandbox/world.js'
import { zip } from '../sandbox/lambda-fixture.js'
import { fakeHost } from './fake-host.js'

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}
const poll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] }

/** `sqs-trigger sandbox` with these flags, a queue, and a function whose role may do nothing yet. */
async function serving(...flags: readonly string[]) {
  const { host, stdout } = fakeHost(['sandbox', '--queue', 'orders', '--output', 'ndjson', ...flags])
  const controller = new AbortController()
  const ended = runProgram(host, controller.signal)
  onTestFinished(async () => {
    controller.abort()
    await ended
  })
  const ready = await vi.waitFor(() => JSON.parse(stdout()), { timeout: 20_000 })
  const post = async (path: string, body: unknown) => {
    const headers = { 'x-sandbox-key': ready.controlKey }
    const url = `${ready.endpoint}/_sandbox/${path}`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(200)
  }
  const role = { RoleName: 'worker-role', AssumeRolePolicyDocument: JSON.stringify(trust) }
  const worker = {
    FunctionName: 'worker',
    Role: 'arn:aws:iam::111122223333:role/worker-role',
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Code: { ZipFile: Buffer.from(zip({ 'index.mjs': '' })).toString('base64') },
  }
  await post('seed', {
    steps: [
      { service: 'iam', operation: 'CreateRole', input: role },
      { service: 'lambda', operation: 'CreateFunction', input: worker },
    ],
  })
  const settings = {
    endpoint: ready.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: wellKnownAccessKeys.administrator, secretAccessKey: 'never-verified' },
  }
  const iam = new IAMClient(settings)
  const lambda = new LambdaClient(settings)
  return {
    advance: (ms: number) => post('clock', { advance: ms }),
    grant: () =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName: 'worker-role',
          PolicyName: 'poll',
          PolicyDocument: JSON.stringify(poll),
        }),
      ),
    connect: () =>
      lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: 'worker',
          EventSourceArn: ready.queues[0].arn,
        }),
      ),
  }
}

test('--slow: Lambda goes by a new policy only after a while', async () => {
  const { advance, grant, connect } = await serving('--slow')
  // Until then the function is Pending.
  await advance(3_000)
  await grant()
  await expect(connect()).rejects.toThrow(/does not have permissions to call ReceiveMessage/)
  await advance(awsIamLagMs)
  expect((await connect()).State).toBe('Creating')
})

test('otherwise at once', async () => {
  const { grant, connect } = await serving()
  await grant()
  expect((await connect()).State).toBe('Creating')
})
