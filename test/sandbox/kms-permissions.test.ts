import { CreateKeyCommand, DescribeKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import { roleSession } from '../../src/sandbox/iam/access-keys.js'
import type { IamRole } from '../../src/sandbox/iam/state.js'
import { findKey } from '../../src/sandbox/kms/find-key.js'
import type { KmsGrant } from '../../src/sandbox/kms/state.js'
import { canUseKey } from '../../src/sandbox/kms/use-key.js'
import type { World } from '../../src/sandbox/world.js'
import { startTestSandbox } from '../support/sandbox.js'

const queueArn = 'arn:aws:sqs:us-east-1:111122223333:orders'
const roleArn = 'arn:aws:iam::111122223333:role/worker-role'
const viaSqs = 'sqs.us-east-1.amazonaws.com'
const orders = { 'aws:sqs:arn': queueArn }

const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements })
const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }
const delegated = policy({
  ...decrypt,
  Action: 'kms:*',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
})
const closed = policy({ ...decrypt, Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' } })
const forRole = policy({ ...decrypt, Principal: { AWS: roleArn } })
const leastPrivilege = policy({
  ...decrypt,
  Condition: { StringEquals: { 'kms:ViaService': viaSqs, 'kms:EncryptionContext:aws:sqs:arn': queueArn } },
})
const grant: KmsGrant = {
  id: 'g',
  token: 't',
  name: undefined,
  granteePrincipal: roleArn,
  retiringPrincipal: undefined,
  issuingAccount: 'arn:aws:iam::111122223333:root',
  operations: ['Decrypt'],
  constraints: { encryptionContextSubset: orders },
  createdAt: 0,
}

function addRole(world: World, identity: object | undefined): void {
  const role: IamRole = {
    account: '111122223333',
    name: 'worker-role',
    path: '/',
    arn: roleArn,
    id: 'AROAEXAMPLE',
    createdAt: 0,
    inline: new Map(identity ? [['own', JSON.stringify(identity)]] : []),
    attached: new Set(),
    tags: new Map(),
    description: undefined,
    maxSessionSeconds: 3600,
    trustPolicy: '{}',
    boundaryArn: undefined,
  }
  world.iam.roles.set(roleArn, role)
}

test.each<[string, object, object | undefined, readonly KmsGrant[], string, Record<string, string>, string]>([
  ['delegation and identity', delegated, policy(decrypt), [], viaSqs, orders, 'allowed'],
  ['delegation alone', delegated, undefined, [], viaSqs, orders, 'denied'],
  ['identity alone', closed, policy(decrypt), [], viaSqs, orders, 'denied'],
  ['the key names the role', forRole, undefined, [], viaSqs, orders, 'allowed'],
  ['through SQS, for this queue', delegated, leastPrivilege, [], viaSqs, orders, 'allowed'],
  ['through another service', delegated, leastPrivilege, [], 's3.us-east-1.amazonaws.com', orders, 'denied'],
  ['for another queue', delegated, leastPrivilege, [], viaSqs, { 'aws:sqs:arn': `${queueArn}-2` }, 'denied'],
  ['a grant', closed, undefined, [grant], viaSqs, orders, 'allowed'],
  [
    'a grant for another queue',
    closed,
    undefined,
    [grant],
    viaSqs,
    { 'aws:sqs:arn': `${queueArn}-2` },
    'denied',
  ],
])('may the role decrypt: %s', async (_case, keyPolicy, identity, grants, via, context, verdict) => {
  const { world, admin } = await startTestSandbox()
  const Policy = JSON.stringify(keyPolicy)
  const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({ Policy }))
  const arn = KeyMetadata?.Arn ?? ''
  world.kms.keys.get(arn)?.grants.push(...grants)
  addRole(world, identity)
  const decision = canUseKey(world, roleSession(world, roleArn, 'worker'), arn, 'kms:Decrypt', context, via)
  expect(decision.verdict).toBe(verdict)
})

test.each([
  ['through SQS', '111122223333', viaSqs, 'allowed'],
  ['not through SQS', '111122223333', 's3.us-east-1.amazonaws.com', 'denied'],
  ['in another account', '444455556666', viaSqs, 'denied'],
])('the AWS managed key serves its own account: %s', async (_case, account, via, verdict) => {
  const { world } = await startTestSandbox()
  addRole(world, undefined)
  const key = findKey(world, 'alias/aws/sqs', { account, region: 'us-east-1' })
  const session = roleSession(world, roleArn, 'worker')
  expect(canUseKey(world, session, key?.arn ?? '', 'kms:Decrypt', orders, via).verdict).toBe(verdict)
})

test('the default caller reads keys and cannot change them', async () => {
  const { admin, caller } = await startTestSandbox()
  const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({}))
  const KeyId = KeyMetadata?.Arn
  await caller.kms.send(new DescribeKeyCommand({ KeyId }))
  const Policy = JSON.stringify(delegated)
  await expect(caller.kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::111122223333:user/developer is not authorized to perform: kms:PutKeyPolicy on resource: ${KeyId} because no identity-based policy allows the kms:PutKeyPolicy action`,
    $metadata: { httpStatusCode: 400 },
  })
})

test('a key that delegates to nobody shuts out even the administrator', async () => {
  const { admin } = await startTestSandbox()
  const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({ Policy: JSON.stringify(closed) }))
  await expect(admin.kms.send(new DescribeKeyCommand({ KeyId: KeyMetadata?.KeyId }))).rejects.toMatchObject({
    message: expect.stringMatching(/because no resource-based policy allows the kms:DescribeKey action$/),
  })
})
