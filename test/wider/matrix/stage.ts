import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addFunctionFromFile } from '../../../src/sandbox/lambda/function-from-file.js'
import {
  executionRoleSeed,
  pollingPolicySeed,
  queueSeed,
  rolePolicySeed,
} from '../../../src/sandbox/seeds.js'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/start-sandbox.js'
import { cleanEnv } from '../../support/run-command.js'
import { startOfTime } from '../../support/sandbox.js'
import { type NumberedCalls, numberedCalls } from './numbered-calls.js'

/** A sandbox with what belongs to somebody else, for one cell. */
export interface Stage {
  readonly sandbox: Sandbox
  readonly calls: NumberedCalls
  /** Of who may change roles and queues, with a journal of its own. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  arn(queue: string): string
  close(): Promise<void>
}

const handler = `export const handler = async ({ Records }) => {
  for (const { messageId } of Records) console.log('processed ' + messageId)
}
`

/**
 * The queue `plain` and the function `reader`, whose role may not poll and which outlasts the queue's visibility
 * timeout; `theirs`, wired to `worker`, is somebody else's.
 */
export async function openStage(options: SandboxOptions = {}): Promise<Stage> {
  const calls = numberedCalls()
  const sandbox = await startSandbox({ running: false, startAt: startOfTime, faults: calls, ...options })
  const { world, region } = sandbox
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-matrix-'))
  const file = join(folder, 'handler.mjs')
  writeFileSync(file, handler)
  const arn = (name: string) => `arn:aws:sqs:${region}:${world.account}:${name}`
  const role = (name: string) => `arn:aws:iam::${world.account}:role/${name}`
  const redrive = { deadLetterTargetArn: arn('orders-dlq'), maxReceiveCount: 3 }
  await sandbox.seed([
    queueSeed({ name: 'plain' }),
    queueSeed({ name: 'orders-dlq', attributes: { MessageRetentionPeriod: '1209600' } }),
    queueSeed({ name: 'orders', attributes: { RedrivePolicy: JSON.stringify(redrive) } }),
    queueSeed({ name: 'theirs', attributes: { VisibilityTimeout: '77' } }),
    executionRoleSeed('reader-role'),
    rolePolicySeed('reader-role', 'theirs', [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]),
    rolePolicySeed('reader-role', 'logs', [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }]),
    executionRoleSeed('worker-role'),
    pollingPolicySeed('worker-role', world.partition),
  ])
  addFunctionFromFile(world, {
    name: 'reader',
    file,
    region,
    roleArn: role('reader-role'),
    timeoutSeconds: 60,
  })
  addFunctionFromFile(world, { name: 'worker', file, region, roleArn: role('worker-role') })
  await wired(sandbox, arn('theirs'), 'worker')
  return {
    sandbox,
    calls,
    folder,
    arn,
    env: {
      ...cleanEnv,
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: sandbox.adminCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.adminCredentials.secretAccessKey,
      XDG_STATE_HOME: folder,
    },
    close: async () => {
      await sandbox.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A mapping that was there before, Enabled. */
export async function wired(
  { seed, advance }: Sandbox,
  queueArn: string,
  functionName: string,
  settings: Readonly<Record<string, unknown>> = {},
) {
  const input = { EventSourceArn: queueArn, FunctionName: functionName, ...settings }
  await seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input }])
  await advance(1_000)
}
