import { roleLacks } from '../role-permission-rule.js'

export default roleLacks({
  slug: 'role-lacks-decrypt',
  group: 'key',
  action: 'kms:Decrypt',
  enforcedByAws: false,
  title: 'The execution role may not decrypt the queue’s messages',
  why: 'The mapping is created and becomes Enabled, but Lambda receives nothing: a queue that is encrypted with your own key yields its messages only to those who may decrypt them. With AWS’s own key, alias/aws/sqs, nobody in its account needs an Allow, but a Deny still counts.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  ],
})
