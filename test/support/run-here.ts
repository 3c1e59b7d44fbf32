import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from '../cli/fake-host.js'
import { cleanEnv } from './run-command.js'

export interface RanHere {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command line in this process, as `run-command` runs the built command: without a terminal, without input, and
 * with nothing of the machine's own AWS set-up. Cheaper, for what does not depend on the process.
 */
export async function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal = new AbortController().signal,
): Promise<RanHere> {
  const { host, stdout, stderr } = fakeHost(args, { env: { ...cleanEnv, ...env } })
  const code = await runProgram(host, signal)
  return { code, stdout: stdout(), stderr: stderr() }
}
