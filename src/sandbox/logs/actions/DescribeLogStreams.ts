import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { flag, text } from '../../members.js'
import { addressOf, findGroup, streamResource } from '../log-group.js'
import { pageByName } from '../page-token.js'
import { readGroupName, readLimit } from '../read-input.js'
import type { LogStream } from '../state.js'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export default defineAction({
  service: 'logs',
  name: 'DescribeLogStreams',
  decode: (raw) => ({
    group: readGroupName(raw),
    prefix: text(raw, 'logStreamNamePrefix'),
    byLastEvent: text(raw, 'orderBy') === 'LastEventTime',
    descending: flag(raw, 'descending') ?? false,
    nextToken: text(raw, 'nextToken'),
    limit: readLimit(raw, 50, 50),
  }),
  needs: ({ group }, call) => [
    { action: 'logs:DescribeLogStreams', resource: streamResource(call.world, addressOf(call, group)) },
  ],
  run: ({ group, prefix, byLastEvent, descending, nextToken, limit }, call) => {
    const { streams } = findGroup(call.world, addressOf(call, group))
    if (byLastEvent && prefix !== undefined) {
      throw new AwsFault(
        'InvalidParameterException',
        'Cannot order by LastEventTime with a logStreamNamePrefix.',
        { recorded: false },
      )
    }
    const found = [...streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''))
    found.sort(byLastEvent ? byTime : (one, other) => (one.name < other.name ? -1 : 1))
    if (descending) found.reverse()
    const { page, ...rest } = pageByName(found, limit, nextToken)
    return { logStreams: page.map(describe), ...rest }
  },
})

const lastTime = ({ events, createdAt }: LogStream) => events.at(-1)?.timestamp ?? createdAt
const byTime = (one: LogStream, other: LogStream) => lastTime(one) - lastTime(other)

function describe({ name, createdAt, events, arn }: LogStream): Readonly<Record<string, unknown>> {
  const [first] = events
  const last = events.at(-1)
  return {
    logStreamName: name,
    creationTime: createdAt,
    ...(first && last
      ? {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: last.ingestionTime,
        }
      : {}),
    arn,
    storedBytes: 0,
  }
}
