import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { SqsTriggerError } from '../errors.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly message: string
  readonly stream: string
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

const isMissing = ({ aws }: SqsTriggerError) => aws?.code === 'ResourceNotFoundException'

/** Enough for one message's traces; a function that writes more in between is no longer idle. */
const pagesAtMost = 20

/**
 * Finds the lines of a log group that hold any of the terms, from `since` (milliseconds since the epoch) on. Pages
 * are followed to their end, because an empty page is normal.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export async function searchLog(
  clients: Clients,
  search: { readonly group: string; readonly since: number; readonly terms: readonly string[] },
  signal?: AbortSignal,
): Promise<LogSearch> {
  const filterPattern = search.terms.map((term) => `?"${term.replaceAll('"', '\\"')}"`).join(' ')
  const call = { service: 'CloudWatch Logs', operation: 'FilterLogEvents' }
  const lines: LogLine[] = []
  let nextToken: string | undefined
  try {
    for (let page = 0; page < pagesAtMost; page++) {
      const input = { logGroupName: search.group, startTime: search.since, filterPattern, nextToken }
      const command = new FilterLogEventsCommand(input)
      const answer = await send(clients, call, () =>
        clients.logs.send(command, signal ? { abortSignal: signal } : {}),
      )
      for (const { timestamp = 0, message = '', logStreamName: stream = '' } of answer.events ?? []) {
        // Simpler endpoints than AWS ignore the pattern.
        if (search.terms.some((term) => message.includes(term))) lines.push({ timestamp, message, stream })
      }
      nextToken = answer.nextToken
      if (!nextToken) break
    }
    return { kind: 'lines', lines }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (!(error instanceof SqsTriggerError)) throw error
    if (isMissing(error)) return { kind: 'no-group' }
    if (error.code === 'ACCESS_DENIED') return { kind: 'refused', error }
    throw error
  }
}
