import { defineAction } from '../../define-action.js'
import { text, texts } from '../../members.js'
import { readFilterPattern } from '../filter-pattern.js'
import { addressOf, findGroup, streamResource } from '../log-group.js'
import { comparePlaces, readToken, writeToken } from '../page-token.js'
import { readGroupName, readLimit, readTime } from '../read-input.js'
import { type LogEvent, sizeOf } from '../state.js'

/** How much one request reads. AWS says that a page may be empty, and holds 1 MB at most; where it stops is a guess. */
const searchedBytes = 1024 * 1024

/**
 * Events of all streams of a group, oldest first, start and end time included.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export default defineAction({
  service: 'logs',
  name: 'FilterLogEvents',
  decode: (raw) => ({
    group: readGroupName(raw),
    streamNames: texts(raw, 'logStreamNames'),
    streamPrefix: text(raw, 'logStreamNamePrefix') ?? '',
    startTime: readTime(raw, 'startTime') ?? Number.NEGATIVE_INFINITY,
    endTime: readTime(raw, 'endTime') ?? Number.POSITIVE_INFINITY,
    matches: readFilterPattern(text(raw, 'filterPattern') ?? ''),
    nextToken: text(raw, 'nextToken'),
    limit: readLimit(raw, 10_000, 10_000),
  }),
  needs: ({ group }, call) => [
    { action: 'logs:FilterLogEvents', resource: streamResource(call.world, addressOf(call, group)) },
  ],
  run: (input, call) => {
    const { streams } = findGroup(call.world, addressOf(call, input.group))
    const after = input.nextToken === undefined ? undefined : readToken(['n'], input.nextToken)
    const within = [...streams.values()]
      .filter(
        ({ name }) => name.startsWith(input.streamPrefix) && (input.streamNames?.includes(name) ?? true),
      )
      .flatMap(({ name, events }) => events.map((event) => ({ streamName: name, event })))
      .filter(({ event }) => event.timestamp >= input.startTime && event.timestamp <= input.endTime)
      .filter(({ event }) => after === undefined || comparePlaces(event, after) > 0)
      .sort((one, other) => comparePlaces(one.event, other.event))
    const { page, searched } = search(within, input)
    const last = within[searched - 1]
    return {
      events: page.map(({ streamName, event }) => describe(streamName, event)),
      searchedLogStreams: [],
      ...(last && searched < within.length ? { nextToken: writeToken('n', last.event) } : {}),
    }
  },
})

interface Found {
  readonly streamName: string
  readonly event: LogEvent
}

/** Searches until the page is full or much was read, so that a page may be empty while others follow. */
function search(
  within: readonly Found[],
  { matches, limit }: { readonly matches: (message: string) => boolean; readonly limit: number },
): { readonly page: readonly Found[]; readonly searched: number } {
  const page: Found[] = []
  let searched = 0
  let bytes = 0
  for (const found of within) {
    if (page.length === limit || bytes >= searchedBytes) break
    if (matches(found.event.message)) page.push(found)
    bytes += sizeOf(found.event.message)
    searched += 1
  }
  return { page, searched }
}

function describe(streamName: string, event: LogEvent): Readonly<Record<string, unknown>> {
  return {
    logStreamName: streamName,
    timestamp: event.timestamp,
    message: event.message,
    ingestionTime: event.ingestionTime,
    eventId: String(event.sequence).padStart(56, '0'),
  }
}
