import { setMaxListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { SqsTriggerError } from '../errors.js'
import { asBug } from './as-bug.js'
import {
  closeLostTerminals,
  isTerminalGone,
  onTerminalGone,
  terminalClosed,
} from './prompts/closed-terminal.js'

/** Enough to write a report that is ready, too short to be felt. */
const lastWordsMs = 200

/** Ties a run to this process: streams, signals, exit code. Commands are found in `program.ts`. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const controller = new AbortController()
  const hurry = new AbortController()
  let ended = false
  let crash: SqsTriggerError | undefined
  // Every call that is under way listens; Node takes more than ten listeners for a leak.
  setMaxListeners(0, controller.signal, hurry.signal)
  stopOn('SIGINT', 130, new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
  stopOn('SIGTERM', 143, new SqsTriggerError('TERMINATED', 'Told to stop by SIGTERM.'))
  stopOn('SIGHUP', 143, terminalClosed())
  process.on('uncaughtException', (error) => void crashed(error))
  const { runProgram } = await import('./program.js')
  const { env, execPath, stdin, stdout, stderr } = process
  onTerminalGone(stdin, lostTerminal)
  process.on('exit', () => closeLostTerminals([stdin, stdout, stderr]))
  const self = [execPath, ...process.argv.slice(1, 2)]
  const ending = await runProgram(
    { argv, self, env, stdin, stdout, stderr, saveMemory },
    controller.signal,
    hurry.signal,
  ).catch(async (error: unknown) => {
    ended = true
    await crashed(error)
    return 1
  })
  ended = true
  // The run may have come to a good end all the same; what nobody waited for did not.
  const unsaid = ending === 0 ? crash : undefined
  if (unsaid !== undefined) tell(unsaid)
  const exitCode = unsaid === undefined ? ending : 1
  process.exitCode = exitCode
  // A call that was given up still holds its connection, and the connection the process.
  if (controller.signal.aborted) stdout.write('', () => process.exit(exitCode))

  /** Nobody waits for what failed: the run is stopped, and says itself what exists. A promise without a taker, too. */
  async function crashed(error: unknown) {
    if (isTerminalGone(error)) return lostTerminal()
    const failure = await asBug({ error, host: { argv, env: process.env } })
    if (!ended && !controller.signal.aborted) {
      crash = failure
      return controller.abort(failure)
    }
    tell(failure)
    leave(1)
  }

  function lostTerminal() {
    if (!ended && !controller.signal.aborted) controller.abort(terminalClosed())
  }

  /** The first signal asks the run to stop and to say what exists, the second to say it now; then it leaves. */
  function stopOn(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', exitCode: number, reason: SqsTriggerError) {
    process.on(signal, () => {
      if (!controller.signal.aborted) return controller.abort(reason)
      if (hurry.signal.aborted) return leave(exitCode)
      hurry.abort()
      setTimeout(() => leave(exitCode), lastWordsMs)
    })
  }
}

/**
 * V8 lets garbage pile up to several times of what is alive before it looks. It goes by this flag each time that it
 * decides when to look again, so that it may be set late. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
const saveMemory = () => setFlagsFromString('--optimize-for-size')

const tell = ({ message, hint }: SqsTriggerError) => process.stderr.write(`${message}\n${hint}\n`)

function leave(exitCode: number) {
  // A spinner hides the cursor, and nobody else will bring it back now.
  if (process.stderr.isTTY && process.env.TERM !== 'dumb') process.stderr.write('\u001b[?25h')
  process.exit(exitCode)
}
