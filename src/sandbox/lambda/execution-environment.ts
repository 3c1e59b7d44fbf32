import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import {
  type ErrorPayload,
  type HandlerAnswer,
  type HandlerLine,
  readMessage,
  type ToHandler,
} from './handler-messages.js'

/** How a process began: it waits for events, or its code cannot be loaded, or it is dead. */
export type Beginning =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: ErrorPayload }
  | Exited

export interface Exited {
  readonly kind: 'exited'
  /** In Lambda's words, e.g. `Runtime exited with error: exit status 1`. */
  readonly reason: string
}

export interface EnvironmentOptions {
  readonly start: ToHandler & { readonly kind: 'start' }
  readonly variables: Readonly<Record<string, string>>
  readonly memoryMb: number
  readonly onLine: (line: HandlerLine) => void
}

/**
 * One handler process. It runs one invocation at a time, and dies with the sandbox. Lines come over its channel;
 * what comes out of its streams is a native crash, or a process that the handler started.
 */
export class ExecutionEnvironment {
  readonly ready: Promise<Beginning>
  /** False once the process is dead or dying: no further invocation may be given to it. */
  usable = true
  readonly #child: ChildProcess
  readonly #exited: Promise<Exited>
  #answer: ((answer: HandlerAnswer) => void) | undefined

  constructor({ start, variables, memoryMb, onLine }: EnvironmentOptions) {
    const child = fork(join(import.meta.dirname, 'bootstrap.mjs'), [], {
      cwd: start.root,
      // Exactly these: the sandbox's own variables may hold real credentials.
      env: variables,
      execArgv: [`--max-old-space-size=${memoryMb}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    this.#exited = new Promise((resolve) => {
      child.once('error', (error) =>
        resolve({ kind: 'exited', reason: `Runtime failed to start: ${error.message}` }),
      )
      child.once('exit', (code, signal) => {
        this.usable = false
        // Messages sent before the end are still to be read; they come before 'disconnect'.
        const over = () => resolve({ kind: 'exited', reason: exitReason(code, signal) })
        if (child.connected) child.once('disconnect', over)
        else setImmediate(over)
      })
    })
    this.ready = new Promise((resolve) => {
      void this.#exited.then(resolve)
      child.on('message', (received) => {
        const message = readMessage(received)
        if (!message) return
        if (message.kind === 'ready') resolve(message)
        else if (message.kind === 'init-failed') {
          this.usable = false
          resolve(message)
        } else if (message.kind === 'done' || message.kind === 'failed' || message.kind === 'too-large') {
          if (message.kind === 'failed' && message.fatal) this.usable = false
          this.#answer?.(message)
        } else onLine(message)
      })
    })
    let stray = 0
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        // Read on all the same, so that whoever writes there is not held up.
        if (stray > start.logBytes) return
        stray += text.length
        for (const line of text.trimEnd().split('\n')) onLine({ kind: 'raw', text: line })
        if (stray > start.logBytes) onLine({ kind: 'cut' })
      })
    }
    this.#send(start)
  }

  /** Resolves with the answer or the death of the process; never rejects. */
  invoke(message: ToHandler & { readonly kind: 'invoke' }): Promise<HandlerAnswer | Exited> {
    const answered = new Promise<HandlerAnswer>((resolve) => {
      this.#answer = (answer) => {
        if (answer.requestId === message.requestId) resolve(answer)
      }
    })
    this.#send(message)
    return Promise.race([answered, this.#exited])
  }

  /** Ends the process at once; resolves when it is gone. */
  async kill(): Promise<void> {
    this.usable = false
    this.#child.kill('SIGKILL')
    await this.#exited
    // A process that the handler started may still hold them open.
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
  }

  #send(message: ToHandler): void {
    // A process that died meanwhile is reported by its exit.
    if (this.#child.connected) this.#child.send(message, () => {})
  }
}

/** As Go prints them: Lambda's supervisor is written in it. */
const signalWords: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal) return `Runtime exited with error: signal: ${signalWords[signal] ?? signal}`
  return code === 0 || code === null
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${code}`
}
