import type { CommandContext } from '../cli/command-context.js'
import { untilStopped } from '../cli/until-stopped.js'
import { SqsTriggerError } from '../errors.js'

type Asking = Pick<
  CommandContext,
  'prompter' | 'reporter' | 'globals' | 'host' | 'connection' | 'session' | 'reconnect' | 'signal'
>

/**
 * Does the work, and does it again after the session of a person was renewed. The work must begin with a new session
 * each time: the old clients keep the old credentials.
 */
export async function signedIn<Result>(context: Asking, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await untilStopped(work(), context.signal)
    } catch (error) {
      if (!(await renewed(error, context))) throw error
    }
  }
}

/** Offers the command that renews the session, and runs it. */
async function renewed(error: unknown, context: Asking): Promise<boolean> {
  const { prompter, reporter, globals, host, signal } = context
  const words = error instanceof SqsTriggerError ? loginWords(error) : undefined
  if (words === undefined || !(error instanceof Error)) return false
  if (!prompter.interactive || globals.yes || signal.aborted) return false
  const profile = await profileOf(context)
  const args = [...words, ...(profile === null ? [] : ['--profile', profile])]
  reporter.pause()
  reporter.note(error.message)
  if (!(await prompter.confirm(`Run “aws ${args.join(' ')}” now?`, true))) return false
  // There is no browser at the other end of a remote shell.
  const remote = host.env.SSH_CONNECTION && words[0] === 'sso' ? ['--no-browser'] : []
  const problem = await run(words, [...args, ...remote], host.env)
  if (signal.aborted) throw signal.reason
  if (problem !== null) {
    reporter.note(problem)
    return false
  }
  context.reconnect()
  return true
}

/** Only where the advice is nothing but to sign in: expired keys in the environment are not mended by that. */
export function loginWords({ code, hint = '' }: SqsTriggerError): readonly string[] | undefined {
  if (code !== 'CREDENTIALS_EXPIRED') return undefined
  return /^Sign in again:\naws ((?:sso )?login)\b/.exec(hint)?.[1]?.split(' ')
}

async function profileOf({ session }: Asking): Promise<string | null> {
  return (await session()).clients.profile
}

/** The program talks to the person itself. null: it ended well. */
async function run(
  words: readonly string[],
  args: readonly string[],
  env: CommandContext['host']['env'],
): Promise<string | null> {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve) => {
    const child = spawn('aws', [...args], { env: { ...env }, stdio: 'inherit' })
    child.on('error', () => resolve('The command aws could not be started: is the AWS CLI installed?'))
    child.on('close', (code) =>
      resolve(code === 0 ? null : `aws ${words.join(' ')} ended with ${code ?? 'a signal'}.`),
    )
  })
}
