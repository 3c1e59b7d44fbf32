/** One event as FilterLogEvents shows it. Times are milliseconds since the epoch. */
export interface LogEvent {
  /** Grows with every event of the sandbox: orders events of the same millisecond, and makes the event id. */
  readonly sequence: number
  readonly timestamp: number
  readonly ingestionTime: number
  readonly message: string
}

export interface LogStream {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  /** In the order of timestamp, then of arrival. The oldest give way beyond `keptBytes`. */
  readonly events: LogEvent[]
  bytes: number
}

export interface LogGroup {
  readonly account: string
  readonly region: string
  readonly name: string
  /** Without the `:*` that most answers put behind it. */
  readonly arn: string
  readonly createdAt: number
  readonly streams: Map<string, LogStream>
  retentionDays: number | undefined
}

export interface LogsState {
  /** By ARN, without `:*`. */
  readonly groups: Map<string, LogGroup>
  lastSequence: number
}

/** What a stream and a group keep at most: the sandbox runs for days, and handlers talk. */
export const keptBytes = 4 * 1024 * 1024
export const keptStreams = 200

/** AWS counts the UTF-8 bytes of each event and 26 more. */
export const sizeOf = (message: string): number => Buffer.byteLength(message) + 26

export function createLogsState(): LogsState {
  return { groups: new Map(), lastSequence: 0 }
}
