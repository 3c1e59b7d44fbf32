import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from '../cli/fake-host.js'

export interface LineRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * A run in this process for a person who answers questions by lines; Enter alone is `''`. After the last one the input
 * ends, as with Ctrl-D. The terminal cannot repaint, unless `env` says otherwise.
 */
export async function runByLine(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  lines: readonly string[] = [],
  columns = 80,
): Promise<LineRun> {
  const stdin = lines.map((line) => `${line}\n`).join('')
  const { host, stdout, stderr } = fakeHost(args, {
    env: { TERM: 'dumb', ...env },
    stdin,
    terminal: true,
    columns,
  })
  const code = await runProgram(host, new AbortController().signal)
  return { code, stdout: stdout(), stderr: stderr() }
}
