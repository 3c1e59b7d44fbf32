import { type Call, defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { needOnArn, queueArn } from '../queue-url.js'
import { missingParameter, queueDoesNotExist } from '../refusals.js'

interface Input {
  readonly name: string
  /** undefined: the caller's account. */
  readonly owner: string | undefined
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export default defineAction<Input, { readonly QueueUrl: string }>({
  service: 'sqs',
  name: 'GetQueueUrl',
  decode: (raw) => {
    const name = text(raw, 'QueueName')
    if (!name) throw missingParameter('QueueName')
    return { name, owner: text(raw, 'QueueOwnerAWSAccountId') }
  },
  needs: (input, call) => [needOnArn('GetQueueUrl', addressOf(input, call), call)],
  run: (input, call) => {
    const queue = call.world.sqs.queues.get(addressOf(input, call).arn)
    if (!queue) throw queueDoesNotExist()
    return { QueueUrl: queue.url }
  },
})

function addressOf({ name, owner }: Input, { world, region, principal }: Call) {
  const account = owner ?? principal.account
  return { account, arn: queueArn(world.partition, region, account, name) }
}
