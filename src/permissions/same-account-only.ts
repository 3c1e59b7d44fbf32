/**
 * SQS actions that a queue policy cannot open to another account, in lower case.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
 */
const actions = new Set([
  'sqs:addpermission',
  'sqs:cancelmessagemovetask',
  'sqs:createqueue',
  'sqs:deletequeue',
  'sqs:listmessagemovetasks',
  'sqs:listqueues',
  'sqs:listqueuetags',
  'sqs:removepermission',
  'sqs:setqueueattributes',
  'sqs:startmessagemovetask',
  'sqs:tagqueue',
  'sqs:untagqueue',
])

export function isSameAccountOnly(action: string): boolean {
  return actions.has(action.toLowerCase())
}
