import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateAccessKeyCommand } from '@aws-sdk/client-iam'
import { onTestFinished } from 'vitest'
import { createClients } from '../../src/aws/clients.js'
import type { FinishedCall } from '../../src/aws/connection/watch-calls.js'
import type { SendRequest } from '../../src/operations/requests.js'
import { sendMessages } from '../../src/operations/send.js'
import type { Session } from '../../src/operations/session.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { executionRoleSeed, queueSeed, rolePolicySeed } from '../../src/sandbox/seeds.js'
import { collect } from '../support/collect.js'
import { movingClock, startTestSandbox } from '../support/sandbox.js'

export interface DeliveryScene {
  readonly queue?: string
  /** Body of `export const handler = async ({ Records }) => { … }`. Default: names each message. */
  readonly handler?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly settings?: object
  /** Actions that are refused to the caller. */
  readonly refused?: readonly string[]
  /** false: the role of the function may not write logs. Default true. */
  readonly mayLog?: boolean
  /** Receives after which a message moves to the dead-letter queue; left out: there is none. */
  readonly maxReceiveCount?: number
  /** A second function reads the dead-letter queue. */
  readonly deadLettersRead?: boolean
  /** How far the counters of the queues lag behind. */
  readonly countersLagMs?: number
}

const naming = `for (const { messageId, body } of Records) console.log('got ' + messageId + ' ' + body)`

/** One queue wired to one function, over HTTP and through the real clients. Sleeping moves the sandbox's clock. */
export async function wiredScene(scene: DeliveryScene = {}) {
  const { queue = 'o', handler = naming, settings = {}, refused = [], mayLog = true, maxReceiveCount } = scene
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'handler.mjs')
  writeFileSync(file, `export const handler = async ({ Records }) => {\n${handler}\n}`)
  const { countersLagMs = 0 } = scene
  const sandbox = await startTestSandbox({ countersLagMs })
  const { world, region } = sandbox
  const fifo = queue.endsWith('.fifo')
  const deadLetters = `dead${fifo ? '.fifo' : ''}`
  const redrive = {
    deadLetterTargetArn: `arn:aws:sqs:${region}:${world.account}:${deadLetters}`,
    maxReceiveCount,
  }
  await sandbox.seed([
    ...(maxReceiveCount === undefined ? [] : [queueSeed({ name: deadLetters })]),
    queueSeed({
      name: queue,
      attributes: {
        VisibilityTimeout: '60',
        ...(maxReceiveCount === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
        ...scene.attributes,
      },
    }),
    executionRoleSeed('worker-role'),
    rolePolicySeed('worker-role', 'all', [
      { Effect: 'Allow', Action: mayLog ? ['sqs:*', 'logs:*'] : ['sqs:*'], Resource: '*' },
    ]),
    { service: 'iam', operation: 'CreateUser', input: { UserName: 'tester' } },
    {
      service: 'iam',
      operation: 'PutUserPolicy',
      input: {
        UserName: 'tester',
        PolicyName: 'most',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: '*', Resource: '*' },
            ...(refused.length === 0 ? [] : [{ Effect: 'Deny', Action: refused, Resource: '*' }]),
          ],
        }),
      },
    },
  ])
  const roleArn = `arn:aws:iam::${world.account}:role/worker-role`
  addFunctionFromFile(world, { name: 'worker', file, roleArn, region })
  const key = await sandbox.admin.iam.send(new CreateAccessKeyCommand({ UserName: 'tester' }))
  const calls: { readonly operation: string; readonly at: number }[] = []
  const onCall = ({ service, operation }: FinishedCall) =>
    calls.push({ operation: `${service}:${operation}`, at: world.clock.now() })
  const open = (accessKeyId: string) =>
    createClients({
      region,
      endpointUrl: sandbox.endpoint,
      onCall,
      env: {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: 'never-verified',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      },
    })
  const controller = new AbortController()
  const moving = movingClock(sandbox)
  const stopping = {
    ...moving,
    sleep: async (ms: number) => {
      await moving.sleep(ms)
      if (controller.signal.aborted) throw controller.signal.reason
    },
  }
  const session: Session = {
    clients: await open(key.AccessKey?.AccessKeyId ?? ''),
    clock: stopping,
    signal: controller.signal,
  }
  const admin = { ...session, clients: await open(sandbox.adminCredentials.accessKeyId) }
  const request = { queue, function: 'worker', settings, sendTest: false, ignore: [], only: [] }
  const { result: plan } = await collect(planWiring(request, admin))
  await collect(applyWiring(plan, {}, admin))
  if (scene.deadLettersRead) {
    const silent = join(folder, 'silent.mjs')
    writeFileSync(silent, 'export const handler = async () => {}')
    addFunctionFromFile(world, { name: 'silent', file: silent, roleArn, region })
    const { result } = await collect(
      planWiring({ ...request, queue: deadLetters, function: 'silent', settings: {} }, admin),
    )
    await collect(applyWiring(result, {}, admin))
  }
  calls.splice(0)
  const send = async (given: Partial<SendRequest> = {}) =>
    (await collect(sendMessages({ queue, count: 1, prove: 'medium', ...given }, session))).result
  return { sandbox, session, controller, calls, send }
}
