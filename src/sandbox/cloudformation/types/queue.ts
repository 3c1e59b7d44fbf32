import createQueue from '../../sqs/actions/CreateQueue.js'
import deleteQueue from '../../sqs/actions/DeleteQueue.js'
import { queueArn } from '../../sqs/queue-url.js'
import { perform } from '../perform.js'
import type { ResourceType } from '../resource-type.js'
import { documentText, tagsIn, textIn } from './properties.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export default {
  name: 'AWS::SQS::Queue',
  create: async (properties, generated, call) => {
    const QueueName = textIn(properties, 'QueueName') ?? generated
    const { QueueName: _, Tags: __, ...attributes } = properties
    const Attributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'object' ? documentText(value) : String(value),
      ]),
    )
    const { QueueUrl } = await perform(createQueue, { QueueName, Attributes, tags: tagsIn(properties) }, call)
    const Arn = queueArn(call.world.partition, call.region, call.principal.account, QueueName)
    return { physicalId: QueueUrl, attributes: { Arn, QueueName, QueueUrl } }
  },
  delete: async ({ physicalId }, call) => {
    await perform(deleteQueue, { QueueUrl: physicalId }, call)
  },
} satisfies ResourceType
