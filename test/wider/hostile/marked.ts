import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { enqueue } from '../../../src/sandbox/sqs/queue.js'
import { startScene } from '../../support/every-command.js'
import type { Journey } from '../../support/journey.js'
import { cleanEnv } from '../../support/run-command.js'

/** Each of a kind of its own, so that what is found says where it came from. */
export const marks = {
  accessKeyId: 'AKIASANDBOXDEVELOPER',
  adminKeyId: 'AKIASANDBOXADMIN',
  secret: 'MARKED-SECRET-wJalrXUtnFEMI',
  sessionToken: 'MARKED-TOKEN-IQoJb3JpZ2lu',
  profileSecret: 'MARKED-PROFILE-SECRET-k7MDENG',
  proxyPassword: 'MARKED-PROXY-PASSWORD',
  body: 'MARKED-BODY-of-a-message',
  variable: 'MARKED-VARIABLE-of-a-function',
  /** Of the presigned URL of the code in what GetFunction answers, and of every request. */
  signature: 'X-Amz-Signature=',
  signed: 'Signature=MARKED',
  authorization: 'AWS4-HMAC-SHA256',
} as const
type Mark = keyof typeof marks

/** Who may do everything, reading whole functions and messages too. */
export const admin = { AWS_ACCESS_KEY_ID: marks.adminKeyId }

/** None of the marks stands there; those that were `asked` for may. */
export function requireClean(what: string, text: string, asked: readonly Mark[] = []): void {
  const found = Object.entries(marks).filter(
    ([kind, mark]) => text.includes(mark) && !asked.some((one) => one === kind),
  )
  expect(found, what).toEqual([])
}

/** Everything in a folder but what was put there, as one text. */
export function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.aws'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

export interface MarkedScene extends Omit<Journey, 'env'> {
  readonly env: Readonly<Record<string, string>>
  /** Everything that may be written is written below it. */
  readonly home: string
}

/** The scene of every command, with marks wherever AWS and the environment keep what nobody is to be told. */
export async function markedScene(): Promise<MarkedScene> {
  const scene = await startScene()
  const { world, seed, queueArn } = scene
  const home = mkdtempSync(join(tmpdir(), 'sqs-trigger-secrets-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  mkdirSync(join(home, '.aws'))
  const keys = `aws_access_key_id = ${marks.accessKeyId}\naws_secret_access_key = ${marks.profileSecret}\n`
  writeFileSync(join(home, '.aws', 'credentials'), `[default]\n${keys}\n[other]\n${keys}`)
  const Environment = { Variables: { DATABASE_PASSWORD: marks.variable, QUEUE: queueArn('orders') } }
  await seed(
    ['worker', 'slow'].map((FunctionName) => ({
      service: 'lambda' as const,
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName, Environment },
    })),
  )
  const dead = world.sqs.queues.get(queueArn('orders-dlq'))
  if (dead === undefined) throw new Error('the scene has no dead-letter queue')
  const now = world.clock.now()
  const letter = { messageAttributes: {}, sentAt: now, senderId: 'AIDA', visibleAt: now, body: marks.body }
  enqueue(dead, [Object.assign(letter, { deadLetterSourceArn: queueArn('orders') })])
  const env = Object.entries({
    ...cleanEnv,
    ...scene.env,
    AWS_SECRET_ACCESS_KEY: marks.secret,
    AWS_CONFIG_FILE: join(home, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
    HOME: home,
    HTTPS_PROXY: `http://someone:${marks.proxyPassword}@127.0.0.1:1`,
    TMPDIR: home,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...scene, home, env: Object.fromEntries(env) }
}

/** What the run left behind in files: journals, crash logs, and whatever else stands below the home. */
export function requireCleanFiles({ home, env }: MarkedScene, asked: readonly Mark[] = []): void {
  requireClean('a file', filesIn(home), asked)
  requireClean('the journal', filesIn(env.XDG_STATE_HOME ?? home), asked)
}
