import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const missingId = '1234abcd-12ab-34cd-56ef-1234567890ab'
const missingArn = `arn:aws:kms:us-east-1:111122223333:key/${missingId}`

async function startWithKey(input: ConstructorParameters<typeof CreateKeyCommand>[0] = {}) {
  const sandbox = await startTestSandbox()
  const { kms } = sandbox.admin
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input))
  return { ...sandbox, kms, KeyId: KeyMetadata?.KeyId ?? '', arn: KeyMetadata?.Arn ?? '' }
}

test('a new key is the customer’s own, enabled, and leaves its use to the account', async () => {
  const { kms, KeyId, arn } = await startWithKey({ Description: 'orders' })
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }))
  expect(KeyMetadata).toMatchObject({
    Arn: arn,
    AWSAccountId: '111122223333',
    Description: 'orders',
    Enabled: true,
    KeyState: 'Enabled',
    KeyManager: 'CUSTOMER',
    CreationDate: new Date(startOfTime),
  })
  const { Policy, PolicyName } = await kms.send(new GetKeyPolicyCommand({ KeyId }))
  expect(PolicyName).toBe('default')
  expect(JSON.parse(Policy ?? '').Statement).toEqual([
    expect.objectContaining({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    }),
  ])
})

test('a key is found by id, ARN, alias and alias ARN', async () => {
  const { kms, KeyId, arn } = await startWithKey()
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }))
  const names = [KeyId, arn, 'alias/orders', 'arn:aws:kms:us-east-1:111122223333:alias/orders']
  for (const name of names) {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: name }))
    expect(KeyMetadata?.Arn).toBe(arn)
  }
  const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId }))
  expect(Aliases).toEqual([
    {
      AliasName: 'alias/orders',
      AliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/orders',
      TargetKeyId: KeyId,
      CreationDate: new Date(startOfTime),
      LastUpdatedDate: new Date(startOfTime),
    },
  ])
})

test('the AWS managed key of SQS exists in each Region, and nobody changes its policy', async () => {
  const { kms, clientsFor, adminCredentials } = await startWithKey()
  const before = await kms.send(new ListAliasesCommand({}))
  expect(before.Aliases).toEqual([
    { AliasName: 'alias/aws/sqs', AliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/aws/sqs' },
  ])
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sqs' }))
  expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' })
  const { Aliases } = await kms.send(new ListAliasesCommand({}))
  expect(Aliases?.[0]?.TargetKeyId).toBe(KeyMetadata?.KeyId)
  const KeyId = KeyMetadata?.KeyId
  const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId }))
  expect(JSON.parse(Policy ?? '').Statement[0].Condition.StringEquals).toEqual({
    'kms:CallerAccount': '111122223333',
    'kms:ViaService': 'sqs.us-east-1.amazonaws.com',
  })
  await expect(kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  const elsewhere = clientsFor({ ...adminCredentials, region: 'eu-west-1' })
  const other = await elsewhere.kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sqs' }))
  expect(other.KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\//)
})

test('a key is disabled, enabled, and goes when its waiting time is over', async () => {
  const { kms, KeyId, arn, advance } = await startWithKey()
  const state = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata
  await kms.send(new DisableKeyCommand({ KeyId }))
  expect(await state()).toMatchObject({ KeyState: 'Disabled', Enabled: false })
  await kms.send(new EnableKeyCommand({ KeyId }))
  expect(await state()).toMatchObject({ KeyState: 'Enabled', Enabled: true })
  const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
  const DeletionDate = new Date(startOfTime + 7 * 86_400_000)
  expect(scheduled).toMatchObject({ KeyId: arn, KeyState: 'PendingDeletion', DeletionDate })
  expect(await state()).toMatchObject({ KeyState: 'PendingDeletion', Enabled: false, DeletionDate })
  await expect(kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject({
    name: 'KMSInvalidStateException',
    message: `${arn} is pending deletion.`,
  })
  await advance(7 * 86_400_000)
  await expect(state()).rejects.toMatchObject({
    name: 'NotFoundException',
    message: `Key '${arn}' does not exist`,
  })
})

test('a deletion that is cancelled leaves the key disabled; a later one counts from its own beginning', async () => {
  const { kms, KeyId, arn, advance } = await startWithKey()
  const week = 7 * 86_400_000
  const schedule = () => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
  const cancel = () => kms.send(new CancelKeyDeletionCommand({ KeyId }))
  const state = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata
  await expect(cancel()).rejects.toMatchObject({ name: 'KMSInvalidStateException' })
  await schedule()
  await advance(week - 1000)
  expect(await cancel()).toMatchObject({ KeyId: arn })
  expect(await state()).toMatchObject({ KeyState: 'Disabled', Enabled: false })
  expect(await state()).not.toHaveProperty('DeletionDate')
  await schedule()
  await advance(2000)
  expect(await state()).toMatchObject({ KeyState: 'PendingDeletion' })
  await advance(week)
  await expect(state()).rejects.toMatchObject({ name: 'NotFoundException' })
})

test('grants are listed, and by grantee', async () => {
  const { kms, KeyId, arn } = await startWithKey()
  const grant = (GranteePrincipal: string) =>
    kms.send(
      new CreateGrantCommand({
        KeyId,
        GranteePrincipal,
        Operations: ['Decrypt'],
        Constraints: {
          EncryptionContextSubset: { 'aws:sqs:arn': 'arn:aws:sqs:us-east-1:111122223333:orders' },
        },
      }),
    )
  const worker = 'arn:aws:iam::111122223333:role/worker'
  const { GrantId } = await grant(worker)
  await grant('arn:aws:iam::111122223333:role/other')
  expect((await kms.send(new ListGrantsCommand({ KeyId }))).Grants).toHaveLength(2)
  const { Grants } = await kms.send(new ListGrantsCommand({ KeyId, GranteePrincipal: worker }))
  expect(Grants).toEqual([
    expect.objectContaining({
      GrantId,
      KeyId: arn,
      GranteePrincipal: worker,
      Operations: ['Decrypt'],
      Constraints: {
        EncryptionContextSubset: { 'aws:sqs:arn': 'arn:aws:sqs:us-east-1:111122223333:orders' },
      },
    }),
  ])
})

test.each([
  ['an id that is none', 'orders', "Invalid keyId 'orders'"],
  ['an id', missingId, `Key '${missingArn}' does not exist`],
  ['an ARN', missingArn, `Key '${missingArn}' does not exist`],
])('a key that is not there: %s', async (_how, KeyId, message) => {
  const { kms } = await startWithKey()
  await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message,
    $metadata: { httpStatusCode: 400 },
  })
})
