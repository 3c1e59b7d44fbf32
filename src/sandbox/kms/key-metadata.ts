import { createHash } from 'node:crypto'
import type { KmsKey } from './state.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const keyMetadata = (key: KmsKey) => ({
  AWSAccountId: key.account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: key.createdAt / 1000,
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: key.state,
  ...(key.deletionAt === undefined ? {} : { DeletionDate: key.deletionAt / 1000 }),
  Origin: 'AWS_KMS',
  KeyManager: key.manager,
  CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
  MultiRegion: false,
  CurrentKeyMaterialId: createHash('sha256').update(key.arn).digest('hex'),
})
