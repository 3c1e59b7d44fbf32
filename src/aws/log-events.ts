import { FilterLogEventsCommand, type FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { SqsTriggerError } from '../errors.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

export interface LogText {
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly message: string
  readonly stream: string
}

export interface LogLine extends LogText {
  /** The same for the same line, however often it is read; empty on simpler endpoints than AWS. */
  readonly id: string
}

/** `no-group`: the function never ran, or its role may not write logs. */
export type LogSearch =
  | { readonly kind: 'lines'; readonly lines: readonly LogLine[] }
  | { readonly kind: 'no-group' }
  | { readonly kind: 'refused'; readonly error: SqsTriggerError }

/**
 * Whether a log group is there, by asking for one line of it.
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function isLogGroupThere(clients: Clients, group: string): Promise<boolean> {
  const command = new FilterLogEventsCommand({ logGroupName: group, limit: 1 })
  try {
    await send(clients, { service: 'logs', operation: 'FilterLogEvents' }, () => clients.logs.send(command))
    return true
  } catch (error) {
    if (error instanceof SqsTriggerError && isMissing(error)) return false
    throw error
  }
}

export const isMissing = ({ aws }: SqsTriggerError) => aws?.code === 'ResourceNotFoundException'

/** Enough for one message's traces; a function that writes more in between is no longer idle. */
const pagesAtMost = 20

/**
 * Finds the lines of a log group that hold any of the terms, from `since` (milliseconds since the epoch) on. Pages
 * are followed to their end, because an empty page is normal.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export async function searchLog(
  clients: Clients,
  { terms, ...window }: Omit<LogWindow, 'pattern' | 'stream'> & { readonly terms: readonly string[] },
  signal?: AbortSignal,
): Promise<LogSearch> {
  const pattern = terms.map((term) => `?"${term.replaceAll('"', '\\"')}"`).join(' ')
  const lines: LogLine[] = []
  let pages = 0
  try {
    for await (const page of logPages(clients, { ...window, pattern }, signal)) {
      // Simpler endpoints than AWS ignore the pattern.
      lines.push(...page.filter(({ message }) => terms.some((term) => message.includes(term))))
      pages += 1
      if (pages === pagesAtMost) break
    }
    return { kind: 'lines', lines }
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    if (isMissing(error)) return { kind: 'no-group' }
    if (error.code === 'ACCESS_DENIED') return { kind: 'refused', error }
    throw error
  }
}

/** Which lines of a log group. */
interface LogWindow {
  readonly group: string
  /** Milliseconds since the epoch. */
  readonly since: number
  /** Left out: all lines. */
  readonly pattern?: string
  /** The only log stream; left out: all. */
  readonly stream?: string
  /** Waits before each page, so that the API is not asked too often. */
  readonly turn?: () => Promise<void>
}

/**
 * Yields the lines of a log group, page by page. A page may be empty.
 * @throws SqsTriggerError NOT_FOUND where there is no such group, ACCESS_DENIED, or the reason of the signal
 */
export async function* logPages(
  clients: Clients,
  { group, since, pattern, stream, turn }: LogWindow,
  signal?: AbortSignal,
): AsyncGenerator<readonly LogLine[], void, void> {
  let nextToken: string | undefined
  do {
    await turn?.()
    const input = {
      logGroupName: group,
      startTime: since,
      filterPattern: pattern,
      nextToken,
      ...(stream === undefined ? {} : { logStreamNames: [stream] }),
    }
    const answer = await page(clients, input, signal)
    yield (answer.events ?? []).map(
      ({ timestamp = 0, message = '', logStreamName: stream = '', eventId: id = '' }) => ({
        timestamp,
        message,
        stream,
        id,
      }),
    )
    nextToken = answer.nextToken || undefined
  } while (nextToken !== undefined)
}

async function page(clients: Clients, input: FilterLogEventsCommandInput, signal: AbortSignal | undefined) {
  const command = new FilterLogEventsCommand(input)
  const call = { service: 'CloudWatch Logs', operation: 'FilterLogEvents' }
  try {
    return await send(clients, call, () => clients.logs.send(command, signal ? { abortSignal: signal } : {}))
  } catch (error) {
    // The SDK's AbortError says nothing; the reason says who stopped it.
    throw signal?.aborted ? signal.reason : error
  }
}
