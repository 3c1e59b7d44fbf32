import { queueViaService } from './via-service.js'

/** A key of an account, as its queues know it. */
interface KeyHome {
  readonly partition: string
  readonly region: string
  readonly account: string
}

/**
 * What the policy of alias/aws/sqs says of whoever uses it by way of SQS: all of its own account may. AWS keeps it,
 * and nobody can change it; a Deny elsewhere counts all the same.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function sqsManagedKeyPolicy({ partition, region, account }: KeyHome): object {
  const viaService = queueViaService(region, partition)
  const through = {
    'kms:CallerAccount': account,
    // Where the name of SQS is not documented, those who come by way of it come by that name.
    ...(viaService === undefined ? {} : { 'kms:ViaService': viaService }),
  }
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: { StringEquals: through },
      },
    ],
  }
}
