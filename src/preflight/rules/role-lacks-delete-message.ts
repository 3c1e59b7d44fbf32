import { roleLacks } from '../role-permission-rule.js'

export default roleLacks({
  slug: 'role-lacks-delete-message',
  group: 'role',
  action: 'sqs:DeleteMessage',
  enforcedByAws: true,
  title: 'The execution role may not delete messages from the queue',
  why: 'Lambda deletes a message with the role of the function once the function has succeeded, and refuses a mapping whose role may not.',
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  ],
})
