import { defineAction } from '../../define-action.js'
import { flag, text } from '../../members.js'
import { addressOf, findGroup, findStream, streamResource } from '../log-group.js'
import { comparePlaces, readToken, writeToken } from '../page-token.js'
import { readGroupName, readLimit, readTime, requiredText } from '../read-input.js'

/**
 * One stream, a page from its end (or its head, with startFromHead); tokens lead forward and backward for ever.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
export default defineAction({
  service: 'logs',
  name: 'GetLogEvents',
  decode: (raw) => ({
    group: readGroupName(raw),
    stream: requiredText(raw, 'logStreamName'),
    startTime: readTime(raw, 'startTime') ?? Number.NEGATIVE_INFINITY,
    endTime: readTime(raw, 'endTime') ?? Number.POSITIVE_INFINITY,
    fromHead: flag(raw, 'startFromHead') ?? false,
    nextToken: text(raw, 'nextToken'),
    limit: readLimit(raw, 10_000, 10_000),
  }),
  needs: ({ group, stream }, call) => [
    { action: 'logs:GetLogEvents', resource: streamResource(call.world, addressOf(call, group), stream) },
  ],
  run: (input, call) => {
    const { events } = findStream(findGroup(call.world, addressOf(call, input.group)), input.stream)
    const inTime = events.filter(({ timestamp }) => timestamp >= input.startTime && timestamp < input.endTime)
    const token = input.nextToken === undefined ? undefined : readToken(['f', 'b'], input.nextToken)
    const forward = token ? token.prefix === 'f' : input.fromHead
    const open = token
      ? inTime.filter((event) =>
          forward ? comparePlaces(event, token) > 0 : comparePlaces(event, token) < 0,
        )
      : inTime
    const page = forward ? open.slice(0, input.limit) : open.slice(-input.limit)
    const stay = token ?? { timestamp: 0, sequence: 0 }
    return {
      events: page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: writeToken('f', page.at(-1) ?? stay),
      nextBackwardToken: writeToken('b', page[0] ?? stay),
    }
  },
})
