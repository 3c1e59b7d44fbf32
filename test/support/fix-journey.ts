import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SandboxOptions } from '../../src/sandbox/start-sandbox.js'
import { type Journey, ordinaryHandler, startJourney } from './journey.js'
import type { RunOptions } from './run-command.js'
import { runHere } from './run-here.js'

export interface FixJourney extends Journey {
  /** The environment of who may change roles and queues, with a journal of its own. */
  readonly fixerEnv: Readonly<Record<string, string>>
  /** Where the journal stands. */
  readonly journal: string
  /** Runs the built command in that environment. */
  fixer(args: readonly string[], options?: RunOptions): ReturnType<Journey['run']>
  /** The same with --json, in this process: exit code and document. */
  fixerJson(...args: readonly string[]): Promise<{
    readonly code: number
    // biome-ignore lint/suspicious/noExplicitAny: each command has its own result, and the tests say which
    readonly document: any
  }>
  /** Calls that changed something since the last time it was asked, as `iam:PutRolePolicy`. */
  changingCalls(): readonly string[]
}

/**
 * A function `reader` whose role may do nothing, one `slow` that outlasts the visibility timeout of the queue, one
 * `brisk` that leaves no room in it to try again, and a queue `plain` without dead letters.
 */
export async function startFixJourney(options: SandboxOptions = {}): Promise<FixJourney> {
  const journey = await startJourney(options)
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-state-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  await journey.addFunction('reader', ordinaryHandler, { mayPoll: false })
  await journey.addFunction('slow', ordinaryHandler, { timeoutSeconds: 60 })
  await journey.addFunction('brisk', ordinaryHandler, { timeoutSeconds: 20 })
  await journey.addQueue('plain')
  const env = {
    AWS_ACCESS_KEY_ID: journey.adminCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: journey.adminCredentials.secretAccessKey,
    XDG_STATE_HOME: state,
  }
  const fixer: FixJourney['fixer'] = (args, more = {}) =>
    journey.run(args, { ...more, env: { ...env, ...more.env } })
  let seen = journey.calls().length
  return {
    ...journey,
    fixerEnv: { ...journey.env, ...env },
    journal: join(state, 'sqs-trigger', 'journal'),
    fixer,
    fixerJson: async (...args) => {
      const { code, stdout } = await runHere([...args, '--json'], { ...journey.env, ...env })
      return { code, document: JSON.parse(stdout) }
    },
    changingCalls: () => {
      const calls = journey.calls()
      const fresh = calls.slice(seen)
      seen = calls.length
      return fresh
        .filter(({ operation }) => /^(Put|Set|Create|Delete|Update|Attach|Tag)/.test(operation))
        .map(({ service, operation }) => `${service}:${operation}`)
    },
  }
}
