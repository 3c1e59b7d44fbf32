import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { integer } from '../../members.js'
import { addressOf, findGroup, streamResource } from '../log-group.js'
import { requiredText } from '../read-input.js'

const allowedDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/**
 * Kept and shown; the sandbox deletes nothing by age.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export default defineAction({
  service: 'logs',
  name: 'PutRetentionPolicy',
  decode: (raw) => ({ group: requiredText(raw, 'logGroupName'), days: integer(raw, 'retentionInDays') ?? 0 }),
  needs: ({ group }, call) => [
    { action: 'logs:PutRetentionPolicy', resource: streamResource(call.world, addressOf(call, group)) },
  ],
  run: ({ group, days }, call) => {
    if (!allowedDays.includes(days)) {
      throw new AwsFault(
        'InvalidParameterException',
        `retentionInDays must be one of ${allowedDays.join(', ')}`,
        { recorded: false },
      )
    }
    findGroup(call.world, addressOf(call, group)).retentionDays = days
  },
})
