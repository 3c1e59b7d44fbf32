import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { pageByName } from '../page-token.js'
import { readLimit } from '../read-input.js'
import type { LogGroup } from '../state.js'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export default defineAction({
  service: 'logs',
  name: 'DescribeLogGroups',
  decode: (raw) => ({
    prefix: text(raw, 'logGroupNamePrefix'),
    pattern: text(raw, 'logGroupNamePattern'),
    nextToken: text(raw, 'nextToken'),
    limit: readLimit(raw, 50, 50),
  }),
  needs: () => [{ action: 'logs:DescribeLogGroups', resource: '*' }],
  run: ({ prefix, pattern, nextToken, limit }, call) => {
    if (prefix !== undefined && pattern !== undefined) {
      throw new AwsFault(
        'InvalidParameterException',
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
        { recorded: false },
      )
    }
    const groups = [...call.world.logs.groups.values()]
      .filter(({ account, region }) => account === call.principal.account && region === call.region)
      .filter(({ name }) => name.startsWith(prefix ?? '') && name.includes(pattern ?? ''))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
    const { page, ...rest } = pageByName(groups, limit, nextToken)
    return { logGroups: page.map(describe), ...rest }
  },
})

function describe(group: LogGroup): Readonly<Record<string, unknown>> {
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    storedBytes: 0,
    logGroupClass: 'STANDARD',
    logGroupArn: group.arn,
    deletionProtectionEnabled: false,
  }
}
