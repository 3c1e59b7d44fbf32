import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const bin = join(import.meta.dirname, '../../bin/sqs-trigger.js')

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Called with all of stderr and stdout so far; may send a signal or close a pipe. */
  readonly watch?: (said: string, child: ReturnType<typeof spawn>) => void
  /** Sends SIGINT once it is aborted. */
  readonly interrupt?: AbortSignal
}

/**
 * A clean environment: nothing of the machine's own AWS set-up reaches a command under test, and nothing that
 * it starts can reach AWS by accident.
 */
export const cleanEnv: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
}

/** Runs a program to its end, without a terminal and without standard input. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...cleanEnv, ...options.env },
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    options.interrupt?.addEventListener('abort', () => child.kill('SIGINT'))
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      options.watch?.(stderr + stdout, child)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      options.watch?.(stderr + stdout, child)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** Runs the built command. */
export function sqsTrigger(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(process.execPath, [bin, ...args], options)
}

/** The path of a program, or undefined: tests that need it are skipped and say so. */
export async function findProgram(name: string): Promise<string | undefined> {
  const { code, stdout } = await run('sh', ['-c', `command -v ${name}`])
  return code === 0 ? stdout.trim() : undefined
}
