import type { RenewSession } from '../aws/connection/renewal.js'
import { SqsTriggerError } from '../errors.js'
import type { Reporter } from '../report/reporter.js'
import type { GlobalValues } from './options/global-options.js'
import type { Prompter } from './prompts/prompter.js'
import type { Host } from './streams.js'

interface Asking {
  readonly prompter: Prompter
  readonly reporter: Pick<Reporter, 'pause' | 'note'>
  readonly globals: Pick<GlobalValues, 'yes'>
  readonly host: Pick<Host, 'env'>
  readonly signal: AbortSignal
  /** A person who leaves the question leaves the whole run, which then says what exists. */
  leave(reason: SqsTriggerError): void
}

/**
 * Offers a person whose session has expired the command that renews it, and runs it. The call that failed then goes
 * on, so that nothing is done twice. undefined: nobody can be asked. Who declines is not asked again.
 */
export function signInOffer(asking: Asking): RenewSession | undefined {
  const { prompter, reporter, globals, host, signal } = asking
  if (!prompter.interactive || globals.yes) return undefined
  let over = false

  return async (failure, profile) => {
    const words = loginWords(failure)
    if (words === undefined || over || signal.aborted) return false
    over = true
    const args = [...words, ...(profile === null ? [] : ['--profile', profile])]
    reporter.pause()
    reporter.note(failure.message)
    if (!(await agreed(`Run “aws ${args.join(' ')}” now?`))) return false
    // There is no browser at the other end of a remote shell.
    const remote = host.env.SSH_CONNECTION && words[0] === 'sso' ? ['--no-browser'] : []
    const problem = await run(words, [...args, ...remote], host.env)
    signal.throwIfAborted()
    if (problem !== null) reporter.note(problem)
    over = problem !== null
    return !over
  }

  async function agreed(question: string): Promise<boolean> {
    try {
      return await prompter.confirm(question, true)
    } catch (error) {
      if (!signal.aborted) asking.leave(new SqsTriggerError('INTERRUPTED', 'Cancelled.', { cause: error }))
      throw signal.reason
    }
  }
}

/** Only where the advice is nothing but to sign in: expired keys in the environment are not mended by that. */
export function loginWords({ code, hint = '' }: SqsTriggerError): readonly string[] | undefined {
  if (code !== 'CREDENTIALS_EXPIRED') return undefined
  return /^Sign in again:\naws ((?:sso )?login)\b/.exec(hint)?.[1]?.split(' ')
}

/** The program talks to the person itself, on stderr: stdout is the answer. null: it ended well. */
async function run(
  words: readonly string[],
  args: readonly string[],
  env: Host['env'],
): Promise<string | null> {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve) => {
    const child = spawn('aws', [...args], { env: { ...env }, stdio: ['inherit', 2, 'inherit'] })
    child.on('error', () => resolve('The command aws could not be started: is the AWS CLI installed?'))
    child.on('close', (code) =>
      resolve(code === 0 ? null : `aws ${words.join(' ')} ended with ${code ?? 'a signal'}.`),
    )
  })
}
