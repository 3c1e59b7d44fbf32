import { CreateKeyCommand } from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import { callerPolicy } from '../../src/permissions/caller-policy.js'
import { decide } from '../../src/sandbox/authorize.js'
import { wellKnownAccessKeys } from '../../src/sandbox/default-principals.js'
import { principalOf } from '../../src/sandbox/iam/access-keys.js'
import { findKey } from '../../src/sandbox/kms/find-key.js'
import { canUseKey } from '../../src/sandbox/kms/use-key.js'
import type { SandboxPrincipal } from '../../src/sandbox/principal.js'
import type { World } from '../../src/sandbox/world.js'
import { startTestSandbox } from '../support/sandbox.js'

const regional = (service: string, resource: string, account = '111122223333') =>
  `arn:aws:${service}:eu-west-1:${account}:${resource}`
const role = 'arn:aws:iam::111122223333:role/service-role/worker-role'
const mapping = regional('lambda', 'event-source-mapping:1234abcd-12ab-34cd-56ef-1234567890ab')

function developer(world: World): SandboxPrincipal {
  const found = principalOf(world, wellKnownAccessKeys.developer)
  if (found === 'unknown' || found === 'expired') throw new Error(found)
  return found
}

test.each([
  ['lambda:CreateEventSourceMapping', '*'],
  ['lambda:ListEventSourceMappings', '*'],
  ['lambda:ListFunctions', '*'],
  ['lambda:GetEventSourceMapping', mapping],
  ['lambda:UpdateEventSourceMapping', mapping],
  ['lambda:DeleteEventSourceMapping', mapping],
  ['lambda:TagResource', mapping],
  ['lambda:ListTags', mapping],
  ['lambda:GetFunctionConfiguration', regional('lambda', 'function:worker')],
  ['lambda:GetFunctionConfiguration', regional('lambda', 'function:worker:prod')],
  ['lambda:GetFunctionConcurrency', regional('lambda', 'function:worker')],
  ['sqs:ListQueues', '*'],
  ['sqs:GetQueueUrl', regional('sqs', 'orders')],
  ['sqs:GetQueueAttributes', regional('sqs', 'orders.fifo')],
  ['sqs:SendMessage', regional('sqs', 'orders')],
  ['logs:FilterLogEvents', regional('logs', 'log-group:/aws/lambda/worker:log-stream:')],
  ['logs:FilterLogEvents', regional('logs', 'log-group:worker-logs')],
  ['iam:GetRole', role],
  ['iam:SimulatePrincipalPolicy', role],
  ['iam:SimulatePrincipalPolicy', 'arn:aws:iam::111122223333:user/developer'],
  ['iam:GetPolicyVersion', 'arn:aws:iam::aws:policy/AdministratorAccess'],
  ['iam:PutRolePolicy', role],
  ['sqs:CreateQueue', regional('sqs', 'orders-dead-letter')],
  ['sqs:SetQueueAttributes', regional('sqs', 'orders')],
  ['cloudformation:DescribeStackResources', '*'],
  ['tag:GetResources', '*'],
])('the default caller may %s on %s', async (action, resource) => {
  const { world } = await startTestSandbox()
  expect(decide(world, developer(world), { action, resource }, 'eu-west-1').verdict).toBe('allowed')
})

test.each([
  ['sqs:ReceiveMessage', regional('sqs', 'orders')],
  ['sqs:DeleteMessage', regional('sqs', 'orders')],
  ['sqs:DeleteQueue', regional('sqs', 'orders')],
  ['sqs:SetQueueAttributes', regional('sqs', 'orders', '444455556666')],
  ['sqs:SendMessage', regional('sqs', 'orders', '444455556666')],
  ['lambda:CreateFunction', regional('lambda', 'function:worker')],
  ['lambda:GetFunction', regional('lambda', 'function:worker')],
  ['lambda:InvokeFunction', regional('lambda', 'function:worker')],
  ['iam:PassRole', role],
  ['iam:AttachRolePolicy', role],
  ['iam:UpdateAssumeRolePolicy', role],
  ['iam:PutUserPolicy', 'arn:aws:iam::111122223333:user/developer'],
  ['logs:DescribeLogGroups', '*'],
  ['kms:CreateKey', '*'],
  ['sts:AssumeRole', role],
])('the default caller may not %s on %s', async (action, resource) => {
  const { world } = await startTestSandbox()
  expect(decide(world, developer(world), { action, resource }, 'eu-west-1').verdict).toBe('denied')
})

test.each([
  ['aws', 'eu-west-1', 'sqs.eu-west-1.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'sqs.cn-north-1.amazonaws.com.cn'],
] as const)('the default caller uses keys through SQS alone (%s)', async (partition, region, viaSqs) => {
  const { world, admin } = await startTestSandbox({ partition, region })
  const { KeyMetadata } = await admin.kms.send(new CreateKeyCommand({}))
  const key = findKey(world, KeyMetadata?.Arn ?? '', { account: '111122223333', region })
  const through = (service: string) =>
    canUseKey(world, developer(world), key?.arn ?? '', 'kms:GenerateDataKey', {}, service).verdict
  expect(through(viaSqs)).toBe('allowed')
  expect(through(viaSqs.replace('sqs', 's3'))).toBe('denied')
})

test('its policy fits a managed policy and names no other account', () => {
  const policy = callerPolicy('111122223333', 'eu-central-1', 'aws')
  expect(JSON.stringify(policy).length).toBeLessThan(6_144)
  const resources = policy.Statement.flatMap(({ Resource }) => Resource)
  const awsPolicies = 'arn:aws:iam::aws:policy/*'
  const own = (resource: string) => resource.includes(':111122223333:') || resource === awsPolicies
  expect([...new Set(resources.filter((resource) => !own(resource)))]).toEqual(['*'])
  const sids = (wanted: (statement: (typeof policy.Statement)[number]) => boolean) =>
    policy.Statement.filter(wanted).map(({ Sid }) => Sid)
  expect(sids(({ Resource }) => Resource === '*')).toEqual([
    'CreateMappings',
    'ListOnlyStar',
    'ListQueues',
    'ReadAllTags',
    'FixReadStacks',
  ])
  // What --fix needs can be held back as a whole.
  const changing = /:(Put|Attach|DeleteRole|Set|CreateQueue)/
  const fixing = sids(({ Action }) => Action.some((action) => changing.test(action)))
  expect(fixing).toEqual(['FixRole', 'FixQueue', 'FixDeadLetterQueue'])
})
