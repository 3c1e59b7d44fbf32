import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import type { AnyCommand } from '../../src/cli/define-command.js'
import { openFileJournal } from '../../src/operations/journal/file.js'
import { type Journey, ordinaryHandler, startJourney } from './journey.js'

type Words = readonly string[]

/** How one command is run in the scene below. A command that talks to AWS does so in `ok` and in `fails`. */
interface CommandRuns {
  /** Ends with 0. */
  readonly ok: Words
  /** Ends with this exit code, which is neither 0 nor 2; null where nothing outside can make it fail. */
  readonly fails: {
    readonly words: Words
    readonly code: number
    readonly env?: Readonly<Record<string, string>>
  } | null
  /** Ends with 2, before anything is called. */
  readonly usage: Words
}

/** Of the one fix that the journal of the scene knows. */
const journalId = '20261123-091500-3f2a'
/** Known to the sandbox, and allowed nothing. */
const stranger = { AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' }
const rule = 'role-lacks-receive-message'

/** A file that wires the queue `spare`. */
function manifestFile(functionName: string): string {
  return join(import.meta.dirname, `triggers-${functionName}.yaml`)
}

/** By name. A command that is missing here fails the tests that go by `everyCommand`. */
const runs: Readonly<Record<string, CommandRuns>> = {
  demo: {
    ok: [],
    // It brings its own world; test/wider/demo-without-policies.test.ts breaks that.
    fails: null,
    usage: ['twice'],
  },
  quickstart: {
    ok: ['--dry-run'],
    fails: { words: ['--delete', '--yes'], code: 6, env: stranger },
    usage: ['--delete', '--fifo'],
  },
  wire: {
    ok: ['spare', 'worker', '--yes'],
    fails: { words: ['orders', 'nobody', '--yes'], code: 5 },
    usage: ['orders'],
  },
  preflight: {
    ok: ['orders', 'worker'],
    fails: { words: ['orders', 'slow'], code: 3 },
    usage: ['orders', 'worker', '--batch-size', 'many'],
  },
  list: {
    ok: [],
    fails: { words: [], code: 6, env: stranger },
    usage: ['--limit', '0'],
  },
  audit: {
    ok: ['--fail-on', 'never'],
    fails: { words: [], code: 6, env: stranger },
    usage: ['--regions', 'eu-west-1', '--all-regions'],
  },
  status: { ok: ['orders'], fails: { words: ['nowhere'], code: 5 }, usage: [] },
  wait: {
    ok: ['orders'],
    fails: { words: ['orders', '--for', 'deleted', '--timeout', '10ms'], code: 8 },
    usage: ['orders', '--for', 'ever'],
  },
  send: { ok: ['orders'], fails: { words: ['nowhere'], code: 5 }, usage: ['orders', '--body', ''] },
  logs: { ok: ['orders'], fails: { words: ['nowhere'], code: 5 }, usage: ['orders', '--since', 'ever'] },
  redrive: {
    ok: ['orders', '--yes'],
    fails: { words: ['nowhere', '--yes'], code: 5 },
    usage: ['orders', '--peek', '3', '--cancel'],
  },
  update: {
    ok: ['orders', '--batch-size', '5', '--yes'],
    fails: { words: ['nowhere', '--batch-size', '5', '--yes'], code: 5 },
    usage: ['orders', '--yes'],
  },
  enable: {
    ok: ['orders', '--yes'],
    fails: { words: ['nowhere', '--yes'], code: 5 },
    usage: ['orders'],
  },
  disable: {
    ok: ['orders', '--yes'],
    fails: { words: ['nowhere', '--yes'], code: 5 },
    usage: ['orders'],
  },
  unwire: {
    ok: ['orders', '--yes'],
    fails: { words: ['nowhere', '--yes'], code: 5 },
    usage: ['orders'],
  },
  rollback: {
    ok: [journalId, '--dry-run'],
    fails: { words: [journalId, '--yes'], code: 1, env: stranger },
    usage: [journalId],
  },
  plan: {
    ok: ['-f', manifestFile('worker')],
    fails: { words: ['-f', manifestFile('slow')], code: 3 },
    usage: ['-f', '/nowhere/sqs-trigger.yaml'],
  },
  apply: {
    ok: ['-f', manifestFile('worker'), '--yes'],
    fails: { words: ['-f', manifestFile('slow'), '--yes'], code: 3 },
    usage: ['-f', '/nowhere/sqs-trigger.yaml', '--yes'],
  },
  export: {
    ok: [],
    fails: { words: [], code: 6, env: stranger },
    usage: ['--format', 'xml'],
  },
  policy: {
    ok: ['orders', 'worker'],
    fails: { words: ['nowhere', 'worker'], code: 5 },
    usage: ['orders', 'worker', '--format', 'yaml'],
  },
  explain: {
    ok: [rule, 'orders', 'worker'],
    fails: { words: [rule, 'nowhere', 'worker'], code: 5 },
    usage: ['no-such-rule'],
  },
  sandbox: {
    ok: ['--', process.execPath, '-e', ''],
    fails: { words: ['--', process.execPath, '-e', 'process.exit(7)'], code: 7 },
    usage: ['--slow', '--instant'],
  },
  completion: { ok: ['bash'], fails: null, usage: ['tcsh'] },
}

export interface EveryCommand extends CommandRuns {
  readonly name: string
  readonly command: AnyCommand
  readonly hasJson: boolean
}

/** Every command of the list, in its order. */
export const everyCommand: readonly EveryCommand[] = await Promise.all(
  commandList.map(async ({ name, load }) => {
    const own = runs[name]
    if (own === undefined) throw new Error(`test/support/every-command.ts does not say how ${name} is run`)
    const command: AnyCommand = (await load()).default
    const { formats = ['text', 'json'] } = command
    return { ...own, name, command, hasJson: formats.includes('json') }
  }),
)

/** The words of a command line; flags for all commands stand where no command takes them for its own. */
export const lineOf = (name: string, words: Words, ...flags: Words): Words => [name, ...flags, ...words]

/** What all of them are run in: `orders` is wired to `worker`, `slow` outlasts it, and one fix can be undone. */
export async function startScene(): Promise<Journey> {
  const journey = await startJourney()
  const PolicyArn = `arn:aws:iam::${journey.world.account}:policy/sqs-trigger-quickstart`
  await journey.seed([
    { service: 'iam', operation: 'AttachUserPolicy', input: { UserName: 'developer', PolicyArn } },
  ])
  await journey.addQueue('spare')
  await journey.addFunction('slow', ordinaryHandler, { timeoutSeconds: 60 })
  await wireBySeed(journey, 'worker')
  return { ...journey, env: { ...journey.env, ...(await journalOfOneFix(journey)) } }
}

/** Wires the queue `orders` to a function that has a log, and returns the UUID of the mapping. */
export async function wireBySeed({ queueArn, seed, world }: Journey, functionName: string): Promise<string> {
  const input = { EventSourceArn: queueArn('orders'), FunctionName: functionName }
  const logGroupName = `/aws/lambda/${functionName}`
  await seed([
    { service: 'logs', operation: 'CreateLogGroup', input: { logGroupName } },
    { service: 'lambda', operation: 'CreateEventSourceMapping', input },
  ])
  return [...world.eventSources.mappings.keys()].at(-1) ?? ''
}

/** Writes down a fix of the queue `orders` that can be undone; returns the variable that names the journal's place. */
export async function journalOfOneFix({ world, region, endpoint, queueArn }: Journey) {
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-state-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  await openFileJournal(join(state, 'sqs-trigger', 'journal')).write({
    version: 1,
    id: journalId,
    startedAt: '2026-11-23T09:15:00.000Z',
    account: world.account,
    region,
    endpoint,
    profile: null,
    rules: ['visibility-timeout-leaves-no-retry-room'],
    changes: [
      {
        change: {
          action: 'set',
          type: 'queue-attributes',
          iamAction: 'sqs:SetQueueAttributes',
          queueArn: queueArn('orders'),
          attributes: { VisibilityTimeout: '30' },
        },
        previous: { VisibilityTimeout: '20' },
        state: 'made',
      },
    ],
  })
  return { XDG_STATE_HOME: state }
}

/** The environment of the scene without anybody's keys. */
export function withoutCredentials({ env }: Journey): Readonly<Record<string, string>> {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = env
  return rest
}
