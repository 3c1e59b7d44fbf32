import { type ChildProcess, spawn } from 'node:child_process'
import { runProgram } from '../../../src/cli/program.js'
import { fakeHost } from '../../cli/fake-host.js'
import { bin } from '../../support/run-command.js'
import { movedTime } from './moved-time.js'
import { openStage, type Stage } from './stage.js'

export interface Ended {
  /** null: a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly elapsedMs: number
}

/** How a command is run: in this process on a moved clock, or as people run it. */
export interface Way {
  readonly open: () => Promise<Stage>
  readonly run: (stage: Stage, args: readonly string[]) => Promise<Ended>
  /** A slow answer comes so late, and still in time. */
  readonly slowMs: number
  /** Whether every run looks equally often at what it waits for. Real time goes on while it looks. */
  readonly steady: boolean
}

/**
 * The longest that a run may take: two waits of its `--timeout`, and what the SDK's attempts add. Real waits go by the
 * same limit as moved ones.
 */
export const deadlineMs = 240_000

/** All times are the sandbox's. */
export const moved: Way = {
  open: openStage,
  run: (stage, args) => runMoved(stage, args),
  slowMs: 5_000,
  steady: true,
}

/** Runs a command line in this process, on the stage's time. */
export async function runMoved(stage: Stage, args: readonly string[], skewMs = 0): Promise<Ended> {
  const [ended] = await runTogether(stage, [args], skewMs)
  if (ended === undefined) throw new Error('nothing was run')
  return ended
}

/**
 * Runs several at once.
 * @param skewMs how far the machine's clock is ahead of AWS's.
 */
export async function runTogether(
  stage: Stage,
  lines: readonly (readonly string[])[],
  skewMs = 0,
): Promise<readonly Ended[]> {
  const time = movedTime(stage.sandbox, stage.calls.isStuck, skewMs)
  const started = time.clock.now()
  try {
    const runs = lines.map(async (args) => {
      const { host, stdout, stderr } = fakeHost([...args, '--json'], { env: stage.env })
      const code = await runProgram({ ...host, surroundings: time }, new AbortController().signal)
      return { code, stdout: stdout(), stderr: stderr(), elapsedMs: time.clock.now() - started }
    })
    return await time.drive(Promise.all(runs))
  } finally {
    time.close()
  }
}

/** The built command; an answer that takes half a second is none. */
export const processes: Way = {
  open: () => openStage({ running: true, startAt: Date.now() }),
  run: (stage, args) => runProcess(stage, args),
  slowMs: 100,
  steady: false,
}

/** @param onStart is given the process, to end it. */
export function runProcess(
  { env }: Stage,
  args: readonly string[],
  onStart: (child: ChildProcess) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const line = [bin, ...args, '--json', '--read-timeout', '500ms']
    const child = spawn(process.execPath, line, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    onStart(child)
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said, elapsedMs: performance.now() - started }))
  })
}
