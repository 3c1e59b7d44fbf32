import { of, type Seen } from './step.js'

const key = (seen: Seen) => ({ KeyId: seen.text('key', 'KeyMetadata', 'KeyId') })

/** Every operation of KMS: a key is made, named, granted, read, switched off and on, sentenced and pardoned. */
export const kmsStory = of('kms', [
  {
    operation: 'CreateKey',
    input: { Description: 'for the queue' },
    keep: 'key',
    answer: {
      KeyMetadata: {
        KeyId: 'UUID',
        AWSAccountId: '111122223333',
        Arn: 'arn:aws:kms:us-east-1:111122223333:key/UUID',
        CreationDate: 'TIME+0s',
        Enabled: true,
        Description: 'for the queue',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
        MultiRegion: false,
        CurrentKeyMaterialId: 'TOKEN',
      },
    },
  },
  {
    operation: 'DescribeKey',
    input: key,
    answer: {
      KeyMetadata: {
        KeyId: 'UUID',
        AWSAccountId: '111122223333',
        Arn: 'arn:aws:kms:us-east-1:111122223333:key/UUID',
        CreationDate: 'TIME+0s',
        Enabled: true,
        Description: 'for the queue',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
        MultiRegion: false,
        CurrentKeyMaterialId: 'TOKEN',
      },
    },
  },
  {
    operation: 'DescribeKey',
    input: { KeyId: 'alias/aws/sqs' },
    answer: {
      KeyMetadata: {
        KeyId: 'UUID',
        AWSAccountId: '111122223333',
        Arn: 'arn:aws:kms:us-east-1:111122223333:key/UUID',
        CreationDate: 'TIME+0s',
        Enabled: true,
        Description: 'Default key that protects my SQS messages when no other key is defined',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'AWS',
        CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
        MultiRegion: false,
        CurrentKeyMaterialId: 'TOKEN',
      },
    },
  },
  {
    operation: 'CreateAlias',
    input: (seen) => ({ AliasName: 'alias/orders', TargetKeyId: key(seen).KeyId }),
  },
  {
    operation: 'ListAliases',
    input: (seen) => ({ ...key(seen) }),
    answer: {
      Aliases: [
        {
          AliasName: 'alias/orders',
          AliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/orders',
          TargetKeyId: 'UUID',
          CreationDate: 'TIME+0s',
          LastUpdatedDate: 'TIME+0s',
        },
      ],
      Truncated: false,
    },
  },
  {
    operation: 'GetKeyPolicy',
    input: key,
    keep: 'policy',
    answer: {
      Policy:
        '{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}',
      PolicyName: 'default',
    },
  },
  {
    operation: 'PutKeyPolicy',
    input: (seen) => ({ ...key(seen), PolicyName: 'default', Policy: seen.text('policy', 'Policy') }),
  },
  {
    operation: 'CreateGrant',
    input: (seen) => ({
      ...key(seen),
      GranteePrincipal: 'arn:aws:iam::111122223333:user/developer',
      Operations: ['Decrypt'],
    }),
    answer: { GrantToken: 'TOKEN', GrantId: 'TOKEN' },
  },
  {
    operation: 'ListGrants',
    input: key,
    answer: {
      Grants: [
        {
          KeyId: 'arn:aws:kms:us-east-1:111122223333:key/UUID',
          GrantId: 'TOKEN',
          CreationDate: 'TIME+0s',
          GranteePrincipal: 'arn:aws:iam::111122223333:user/developer',
          IssuingAccount: 'arn:aws:iam::111122223333:root',
          Operations: ['Decrypt'],
        },
      ],
      Truncated: false,
    },
  },
  { operation: 'DisableKey', input: key },
  { operation: 'EnableKey', input: key },
  {
    operation: 'ScheduleKeyDeletion',
    input: (seen) => ({ ...key(seen), PendingWindowInDays: 7 }),
    answer: {
      KeyId: 'arn:aws:kms:us-east-1:111122223333:key/UUID',
      DeletionDate: 'TIME+604800s',
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
    },
  },
  {
    operation: 'CancelKeyDeletion',
    input: key,
    answer: { KeyId: 'arn:aws:kms:us-east-1:111122223333:key/UUID' },
  },
])
