import type { Timer } from '../clock.js'
import type { ExecutionEnvironment } from './execution-environment.js'
import type { LogLines, Runtime } from './log-lines.js'
import type { FunctionSettings } from './settings.js'

/** Where a function's code comes from: an uploaded archive, or a file that the user handed over, run in place. */
export type FunctionCode =
  | {
      readonly kind: 'zip'
      readonly files: ReadonlyMap<string, Uint8Array>
      readonly size: number
      readonly sha256: string
    }
  | { readonly kind: 'path'; readonly file: string; readonly size: number; readonly sha256: string }

/** $LATEST or a published version. Published ones do not change. */
export interface FunctionVersion {
  readonly version: string
  readonly code: FunctionCode
  readonly settings: FunctionSettings
  readonly lastModified: number
  /** Pending until then. Milliseconds since the epoch, as all times here. */
  readonly activeAt: number
  /** The last update is in progress until then; undefined: never updated. */
  readonly updatedAt: number | undefined
  /** One while it is being made or updated, another from then on: AWS changes it so, and scripts compare it. */
  readonly revisionIds: { readonly underWay: string; readonly settled: string }
  /** Published versions: code and settings of $LATEST at that time, to be compared. */
  readonly publishedFrom?: string
  /** Puts the function into another state than the one that follows from the times, e.g. Failed or Inactive. */
  readonly forcedState?: { readonly state: string; readonly reason?: string; readonly reasonCode?: string }
}

export interface FunctionAlias {
  readonly name: string
  readonly functionVersion: string
  readonly description: string
  /** Kept and shown; invocations all go to `functionVersion`. */
  readonly routingConfig?: Readonly<Record<string, unknown>>
  readonly revisionId: string
}

export interface LambdaFunction {
  readonly name: string
  /** Without a qualifier. */
  readonly arn: string
  readonly account: string
  readonly region: string
  readonly tags: Map<string, string>
  latest: FunctionVersion
  /** Published versions by number. */
  readonly versions: Map<string, FunctionVersion>
  /** Number of the last published version; numbers are never used again. */
  lastVersion: number
  readonly aliases: Map<string, FunctionAlias>
  /** undefined: none reserved. */
  reservedConcurrency: number | undefined
  recursiveLoop: 'Allow' | 'Terminate'
}

/** A handler process with its role session and its stream in the logs. */
export interface Place {
  readonly environment: ExecutionEnvironment
  readonly version: FunctionVersion
  /** State of the code that it loaded. */
  readonly stamp: string
  readonly log: LogWriter
  readonly lines: LogLines
  readonly runtime: Runtime
  /** performance.now() at its start. */
  readonly startedAt: number
  /** Set while it waits for an invocation; ends it. */
  retirement: Timer | undefined
  /** An invocation has told of its init phase. */
  warm: boolean
  /** Kills the process and withdraws its credentials. */
  close(): Promise<void>
}

/** Where the lines of one execution environment go. */
export interface LogWriter {
  /** Asks the policies anew, and forgets the tail. */
  begin(): void
  write(lines: readonly string[]): void
  /** The last 4 KB since `begin`, whether or not they may be kept. */
  tail(): string
}

/** The execution environments of one function: warm ones are used again. */
export interface FunctionPool {
  /** Invocations under way: what reserved concurrency counts. */
  invocations: number
  /** A free environment of this version, a new one, or the next that becomes free. */
  take(version: FunctionVersion): Promise<Place>
  /** Gives a place back after an invocation; a dead one is forgotten. */
  giveBack(place: Place): Promise<void>
  /** Kills every process and removes the unpacked code. */
  stop(): Promise<void>
}

export interface LambdaState {
  /** By unqualified ARN. */
  readonly functions: Map<string, LambdaFunction>
  /** Execution environments, by unqualified ARN. */
  readonly pools: Map<string, FunctionPool>
  /** Invocations under way, those that wait for an environment included. */
  readonly running: Set<Promise<unknown>>
  stopped: boolean
}

export function createLambdaState(): LambdaState {
  return { functions: new Map(), pools: new Map(), running: new Set(), stopped: false }
}

/** How many invocations are under way. */
export const runningInvocations = (state: LambdaState): number => state.running.size

/** Resolves when no invocation is under way; one that hangs ends only when the clock passes its timeout. */
export async function idle(state: LambdaState): Promise<void> {
  while (state.running.size > 0) await Promise.allSettled(state.running)
}

/** Kills every handler process and removes the unpacked code. Invocations under way end as if the process had died. */
export async function stopAll(state: LambdaState): Promise<void> {
  state.stopped = true
  await Promise.all([...state.pools.values()].map((pool) => pool.stop()))
  state.pools.clear()
  await idle(state)
}
