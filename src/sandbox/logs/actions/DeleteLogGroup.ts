import { defineAction } from '../../define-action.js'
import { addressOf, findGroup, streamResource } from '../log-group.js'
import { requiredText } from '../read-input.js'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export default defineAction({
  service: 'logs',
  name: 'DeleteLogGroup',
  decode: (raw) => requiredText(raw, 'logGroupName'),
  needs: (name, call) => [
    { action: 'logs:DeleteLogGroup', resource: streamResource(call.world, addressOf(call, name)) },
  ],
  run: (name, call) => {
    const group = findGroup(call.world, addressOf(call, name))
    call.world.logs.groups.delete(group.arn)
  },
})
