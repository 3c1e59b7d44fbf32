import { dnsSuffix } from '../dns-suffix.js'
import type { KeyHome } from './state.js'

/**
 * What CreateKey writes when no policy is given: the account decides by its IAM policies.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const defaultKeyPolicy = (partition: string, account: string) => ({
  Version: '2012-10-17',
  Id: 'key-default-1',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
})

/**
 * The AWS managed key of SQS: every principal of its own account may use it, through SQS alone. Nobody can
 * change this policy, which is why such a queue cannot serve another account.
 */
export const awsSqsKeyPolicy = (partition: string, { account, region }: KeyHome) => ({
  Version: '2012-10-17',
  Id: 'auto-sqs-1',
  Statement: [
    {
      Sid: 'Allow access through Simple Queue Service (SQS) for all principals in the account that are authorized to use SQS',
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
      Condition: {
        StringEquals: {
          'kms:CallerAccount': account,
          'kms:ViaService': `sqs.${region}.${dnsSuffix(partition)}`,
        },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ],
})
