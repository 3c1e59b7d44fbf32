import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { executionRoleSeed, pollingPolicySeed, queueSeed } from '../../src/sandbox/seeds.js'
import type { SandboxOptions } from '../../src/sandbox/start-sandbox.js'
import { type Ran, type RunOptions, sqsTrigger } from './run-command.js'
import { runHere } from './run-here.js'
import { startTestSandbox, type TestSandbox } from './sandbox.js'

export interface Journey extends TestSandbox {
  /** The environment of a command that is to work in this sandbox, as its default caller. */
  readonly env: Readonly<Record<string, string>>
  queueArn(name: string): string
  queueUrl(name: string): string
  /** Runs the built command in the sandbox. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>
  /** The same with --json: exit code and the document. */
  json(...args: string[]): Promise<{ readonly code: number | null; readonly document: JsonDocument }>
  /** The same in this process: cheaper, for what does not depend on the process. */
  jsonHere(...args: string[]): Promise<{ readonly code: number; readonly document: JsonDocument }>
  /** Makes a function that runs this code, with a role of its own that may poll every queue, unless `mayPoll` is false. */
  addFunction(
    name: string,
    code: string,
    options?: { readonly timeoutSeconds?: number; readonly mayPoll?: boolean },
  ): Promise<void>
  addQueue(name: string, attributes?: Readonly<Record<string, string>>): Promise<void>
}

/** What the journeys look at; the whole document is checked against the schema elsewhere. */
interface JsonDocument {
  readonly ok: boolean
  readonly exitCode: number
  readonly exitName: string
  readonly command: string | null
  readonly changed: readonly { readonly action: string; readonly id: string; readonly undo: string }[]
  readonly findings: readonly { readonly rule: string; readonly status: string; readonly message: string }[]
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null
  // biome-ignore lint/suspicious/noExplicitAny: each command has its own result, and the tests say which
  readonly result: any
}

/** Logs each message, and throws on one that says so. */
export const ordinaryHandler = `export const handler = async ({ Records }) => {
  for (const record of Records) {
    if (record.body.includes('broken')) throw new Error('this order cannot be read')
    console.log('processed ' + record.messageId)
  }
}
`

/** A sandbox with the queue `orders` and the function `worker`, both ready to be wired. */
export async function startJourney(options: SandboxOptions = {}): Promise<Journey> {
  const sandbox = await startTestSandbox({ running: true, startAt: Date.now(), ...options })
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-journey-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { world, region } = sandbox
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
  }
  const run: Journey['run'] = (args, more = {}) => sqsTrigger(args, { ...more, env: { ...env, ...more.env } })
  const journey: Journey = {
    ...sandbox,
    env,
    run,
    queueArn: (name) => `arn:aws:sqs:${region}:${world.account}:${name}`,
    queueUrl: (name) => `${sandbox.endpoint}/${world.account}/${name}`,
    json: async (...args) => {
      const ran = await run([...args, '--json'])
      return { code: ran.code, document: JSON.parse(ran.stdout) }
    },
    jsonHere: async (...args) => {
      const { code, stdout } = await runHere([...args, '--json'], env)
      return { code, document: JSON.parse(stdout) }
    },
    addQueue: async (name, attributes = {}) => {
      await sandbox.seed([queueSeed({ name, attributes })])
    },
    addFunction: async (name, code, { timeoutSeconds, mayPoll = true } = {}) => {
      const role = `${name}-role`
      const file = join(folder, `${name}.mjs`)
      writeFileSync(file, code)
      const polling = mayPoll ? [pollingPolicySeed(role, world.partition)] : []
      await sandbox.seed([executionRoleSeed(role), ...polling])
      addFunctionFromFile(world, {
        name,
        file,
        region,
        roleArn: `arn:aws:iam::${world.account}:role/${role}`,
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
      })
    },
  }
  await journey.addQueue('orders-dlq')
  await journey.addQueue('orders', {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: journey.queueArn('orders-dlq'),
      maxReceiveCount: 5,
    }),
  })
  await journey.addFunction('worker', ordinaryHandler)
  return journey
}

/** The role of `worker` loses what lets it poll. */
export async function forbidPolling({ seed, world }: Pick<Journey, 'seed' | 'world'>): Promise<void> {
  const PolicyArn = `arn:${world.partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole`
  await seed([
    { service: 'iam', operation: 'DetachRolePolicy', input: { RoleName: 'worker-role', PolicyArn } },
  ])
}
