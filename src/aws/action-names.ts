/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
const sqsActions = [
  'AddPermission',
  'CancelMessageMoveTask',
  'ChangeMessageVisibility',
  'CreateQueue',
  'DeleteMessage',
  'DeleteQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'ListMessageMoveTasks',
  'ListQueueTags',
  'ListQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'RemovePermission',
  'SendMessage',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
] as const

const bySmallLetters: ReadonlyMap<string, string> = new Map(
  sqsActions.map((name) => [`sqs:${name}`.toLowerCase(), `sqs:${name}`]),
)

/** The action in IAM's spelling: SQS writes it in lower case, and policies are read more easily otherwise. */
export const iamAction = (said: string) => bySmallLetters.get(said.toLowerCase()) ?? said
