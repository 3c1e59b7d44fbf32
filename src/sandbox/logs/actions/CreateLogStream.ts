import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { addressOf, ensureStream, findGroup, streamResource } from '../log-group.js'
import { requiredText } from '../read-input.js'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export default defineAction({
  service: 'logs',
  name: 'CreateLogStream',
  decode: (raw) => ({ group: requiredText(raw, 'logGroupName'), stream: requiredText(raw, 'logStreamName') }),
  needs: ({ group, stream }, call) => [
    {
      action: 'logs:CreateLogStream',
      resource: streamResource(call.world, addressOf(call, group), stream),
    },
  ],
  run: ({ group: groupName, stream }, call) => {
    const group = findGroup(call.world, addressOf(call, groupName))
    if (group.streams.has(stream)) {
      throw new AwsFault('ResourceAlreadyExistsException', 'The specified log stream already exists', {
        recorded: false,
      })
    }
    ensureStream(call.world, group, stream)
  },
})
