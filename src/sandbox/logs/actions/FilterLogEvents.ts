import { defineAction } from '../../define-action.js'
import { text, texts } from '../../members.js'
import { readFilterPattern } from '../filter-pattern.js'
import { addressOf, findGroup, streamResource } from '../log-group.js'
import { comparePlaces, readToken, writeToken } from '../page-token.js'
import { readGroupName, readLimit, readTime } from '../read-input.js'
import type { LogEvent } from '../state.js'

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
    const found = [...streams.values()]
      .filter(
        ({ name }) => name.startsWith(input.streamPrefix) && (input.streamNames?.includes(name) ?? true),
      )
      .flatMap(({ name, events }) => events.map((event) => ({ streamName: name, event })))
      .filter(({ event }) => event.timestamp >= input.startTime && event.timestamp <= input.endTime)
      .filter(
        ({ event }) =>
          (after === undefined || comparePlaces(event, after) > 0) && input.matches(event.message),
      )
      .sort((one, other) => comparePlaces(one.event, other.event))
    const page = found.slice(0, input.limit)
    const last = page.at(-1)
    return {
      events: page.map(({ streamName, event }) => describe(streamName, event)),
      searchedLogStreams: [],
      ...(last && found.length > page.length ? { nextToken: writeToken('n', last.event) } : {}),
    }
  },
})

function describe(streamName: string, event: LogEvent): Readonly<Record<string, unknown>> {
  return {
    logStreamName: streamName,
    timestamp: event.timestamp,
    message: event.message,
    ingestionTime: event.ingestionTime,
    eventId: String(event.sequence).padStart(56, '0'),
  }
}
