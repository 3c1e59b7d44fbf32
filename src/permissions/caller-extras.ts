import { allow, type CallerScope, type CallerStatement } from './caller-policy.js'

/** What some commands call beside the rest. */
export const extras = ['update', 'redrive', 'metrics'] as const
export type Extra = (typeof extras)[number]

/**
 * The rights of `update`, `enable` and `disable`; of `redrive`; of `status --metrics`. SQS moves dead letters with the
 * rights of whoever asks for it, and sends them to the queue that they came from. No dead-letter queue: none to move.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_sqs.html
 */
export function extraStatements(
  extra: Extra,
  { partition, region, account, wiredFunctions }: CallerScope,
  deadLetters: string | null,
): readonly CallerStatement[] {
  const mappings = `arn:${partition}:lambda:${region}:${account}:event-source-mapping:*`
  const ofFunction = wiredFunctions && { ArnLike: { 'lambda:FunctionArn': wiredFunctions } }
  switch (extra) {
    case 'update':
      return [
        allow('UpdateMappings', ['lambda:UpdateEventSourceMapping'], mappings, ofFunction),
        allow('UntagMappings', ['lambda:UntagResource'], mappings),
      ]
    case 'redrive':
      return deadLetters === null
        ? []
        : [
            allow(
              'MoveDeadLetters',
              [
                'sqs:CancelMessageMoveTask',
                'sqs:DeleteMessage',
                'sqs:ListDeadLetterSourceQueues',
                'sqs:ListMessageMoveTasks',
                'sqs:ReceiveMessage',
                'sqs:StartMessageMoveTask',
              ],
              deadLetters,
            ),
          ]
    case 'metrics':
      return [allow('ReadMetrics', ['cloudwatch:GetMetricData'], '*')]
  }
}
