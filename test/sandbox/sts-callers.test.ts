import { ListRolesCommand } from '@aws-sdk/client-iam'
import { ListAliasesCommand } from '@aws-sdk/client-kms'
import { ListQueuesCommand } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import { startTestSandbox } from '../support/sandbox.js'

test.each([
  ['developer', wellKnownAccessKeys.developer, 'arn:aws:iam::111122223333:user/developer', '111122223333'],
  [
    'administrator',
    wellKnownAccessKeys.administrator,
    'arn:aws:iam::111122223333:user/administrator',
    '111122223333',
  ],
  ['nobody', wellKnownAccessKeys.nobody, 'arn:aws:iam::111122223333:user/nobody', '111122223333'],
  ['root of another account', '444455556666', 'arn:aws:iam::444455556666:root', '444455556666'],
])('an access key id names a principal: %s', async (_who, accessKeyId, arn, account) => {
  const { clientsFor } = await startTestSandbox()
  const identity = await clientsFor({ accessKeyId }).sts.send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({ Arn: arn, Account: account })
  expect(identity.UserId).toMatch(arn.endsWith(':root') ? /^\d{12}$/ : /^AIDA[A-Z2-7]{17}$/)
})

test('China has its own partition', async () => {
  const { caller } = await startTestSandbox({ partition: 'aws-cn', region: 'cn-north-1' })
  const { Arn } = await caller.sts.send(new GetCallerIdentityCommand({}))
  expect(Arn).toBe('arn:aws-cn:iam::111122223333:user/developer')
})

const invalidToken = 'The security token included in the request is invalid'
const unrecorded = expect.any(String)
const expiredToken = 'The security token included in the request is expired'

test.each([
  ['expired', wellKnownAccessKeys.expired, 'iam', 'ExpiredToken', unrecorded],
  ['expired', wellKnownAccessKeys.expired, 'sqs', 'ExpiredToken', expiredToken],
  ['expired', wellKnownAccessKeys.expired, 'kms', 'ExpiredTokenException', unrecorded],
  ['unknown', 'AKIAIOSFODNN7EXAMPLE', 'iam', 'InvalidClientTokenId', unrecorded],
  ['unknown', 'AKIAIOSFODNN7EXAMPLE', 'sqs', 'InvalidClientTokenId', invalidToken],
  ['unknown', 'AKIAIOSFODNN7EXAMPLE', 'kms', 'UnrecognizedClientException', unrecorded],
] as const)('an %s key (%s) is refused by %s as %s', async (_kind, accessKeyId, service, name, message) => {
  const { clientsFor } = await startTestSandbox()
  const clients = clientsFor({ accessKeyId })
  const call = {
    iam: () => clients.iam.send(new ListRolesCommand({})),
    sqs: () => clients.sqs.send(new ListQueuesCommand({})),
    kms: () => clients.kms.send(new ListAliasesCommand({})),
  }
  await expect(call[service]()).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 403 } })
})
