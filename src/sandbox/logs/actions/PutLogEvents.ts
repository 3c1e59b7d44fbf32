import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { structures } from '../../members.js'
import type { RawInput } from '../../raw-input.js'
import { addEvents, type NewLogEvent } from '../append-log-events.js'
import { addressOf, findGroup, findStream, streamResource } from '../log-group.js'
import { readTime, requiredText } from '../read-input.js'

const tooOldMs = 14 * 24 * 60 * 60 * 1000
const tooNewMs = 2 * 60 * 60 * 1000

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export default defineAction({
  service: 'logs',
  name: 'PutLogEvents',
  decode: (raw) => ({
    group: requiredText(raw, 'logGroupName'),
    stream: requiredText(raw, 'logStreamName'),
    events: (structures(raw, 'logEvents') ?? []).map(readEvent),
  }),
  needs: ({ group, stream }, call) => [
    { action: 'logs:PutLogEvents', resource: streamResource(call.world, addressOf(call, group), stream) },
  ],
  run: ({ group, stream: streamName, events }, call) => {
    const stream = findStream(findGroup(call.world, addressOf(call, group)), streamName)
    if (events.some((event, index) => event.timestamp < (events[index - 1]?.timestamp ?? 0))) {
      throw new AwsFault(
        'InvalidParameterException',
        'Log events in a single PutLogEvents request must be in chronological order.',
        { recorded: false },
      )
    }
    const now = call.world.clock.now()
    const oldEnd = events.filter(({ timestamp }) => timestamp < now - tooOldMs).length
    const newStart = events.findIndex(({ timestamp }) => timestamp > now + tooNewMs)
    addEvents(call.world, stream, events.slice(oldEnd, newStart < 0 ? undefined : newStart))
    return {
      nextSequenceToken: String(call.world.logs.lastSequence).padStart(56, '0'),
      ...(oldEnd > 0 || newStart >= 0
        ? {
            rejectedLogEventsInfo: {
              ...(oldEnd > 0 ? { tooOldLogEventEndIndex: oldEnd } : {}),
              ...(newStart >= 0 ? { tooNewLogEventStartIndex: newStart } : {}),
            },
          }
        : {}),
    }
  },
})

const readEvent = (raw: RawInput): NewLogEvent => ({
  timestamp: readTime(raw, 'timestamp') ?? 0,
  message: requiredText(raw, 'message'),
})
