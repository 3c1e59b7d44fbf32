import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { addressOf, ensureGroup, lookUpGroup, streamResource } from '../log-group.js'
import { requiredText } from '../read-input.js'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (tags and keys: not kept) */
export default defineAction({
  service: 'logs',
  name: 'CreateLogGroup',
  decode: (raw) => requiredText(raw, 'logGroupName'),
  needs: (name, call) => [
    { action: 'logs:CreateLogGroup', resource: streamResource(call.world, addressOf(call, name)) },
  ],
  run: (name, call) => {
    if (name.length > 512) {
      throw new AwsFault(
        'InvalidParameterException',
        'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
        { recorded: false },
      )
    }
    if (lookUpGroup(call.world, addressOf(call, name))) {
      throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists', {
        recorded: false,
      })
    }
    ensureGroup(call.world, addressOf(call, name))
  },
})
