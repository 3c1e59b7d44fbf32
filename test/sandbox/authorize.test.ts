import { describe, expect, test } from 'vitest'
import { authorize, decide } from '../../src/sandbox/authorize.js'
import { AwsFault } from '../../src/sandbox/aws-fault.js'
import type { Call, RequiredPermission } from '../../src/sandbox/define-action.js'
import { principalOf, roleSession, rootOf } from '../../src/sandbox/iam/access-keys.js'
import type { IamRole } from '../../src/sandbox/iam/state.js'
import { canUseKey } from '../../src/sandbox/kms/use-key.js'
import type { SandboxPrincipal } from '../../src/sandbox/principal.js'
import type { World } from '../../src/sandbox/world.js'
import { startTestSandbox } from '../support/sandbox.js'

const queueArn = 'arn:aws:sqs:us-east-1:111122223333:orders'
const foreignQueueArn = 'arn:aws:sqs:us-east-1:444455556666:orders'
const roleArn = 'arn:aws:iam::111122223333:role/service-role/worker-role'
const sessionArn = 'arn:aws:sts::111122223333:assumed-role/worker-role/worker'

const statement = (Effect: 'Allow' | 'Deny', Action: string, more: object = { Resource: '*' }) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, ...more }],
})
const forRole = (AWS = roleArn) => ({ Principal: { AWS }, Resource: '*' })

/** A role with these policies in an otherwise new sandbox. */
async function worldWithRole(policies: readonly object[], boundary?: object): Promise<World> {
  const { world } = await startTestSandbox()
  const boundaryArn = 'arn:aws:iam::111122223333:policy/boundary'
  if (boundary) {
    const document = JSON.stringify(boundary)
    const [template] = world.iam.policies.values()
    if (template) world.iam.policies.set(boundaryArn, { ...template, arn: boundaryArn, document })
  }
  const role: IamRole = {
    account: '111122223333',
    name: 'worker-role',
    path: '/service-role/',
    arn: roleArn,
    id: 'AROAEXAMPLE',
    createdAt: 0,
    inline: new Map(policies.map((policy, index) => [`p${index}`, JSON.stringify(policy)])),
    attached: new Set(),
    tags: new Map([['team', 'orders']]),
    description: undefined,
    maxSessionSeconds: 3600,
    trustPolicy: '{}',
    boundaryArn: boundary ? boundaryArn : undefined,
  }
  world.iam.roles.set(role.arn, role)
  return world
}

function refusal(world: World, principal: SandboxPrincipal, permission: RequiredPermission): AwsFault {
  const call: Call = { world, principal, region: 'us-east-1', requestId: 'r' }
  try {
    authorize(call, permission)
  } catch (error) {
    if (error instanceof AwsFault) return error
    throw error
  }
  throw new Error(`${permission.action} was allowed`)
}

const receive = { action: 'sqs:ReceiveMessage', resource: queueArn }

describe('the reason names the layer that decided; undefined: it is not recorded', () => {
  const allowed = statement('Allow', 'sqs:*')
  test.each<[string, readonly object[], object | undefined, unknown, unknown, string | undefined]>([
    [
      'nothing allows',
      [],
      undefined,
      undefined,
      undefined,
      'because no identity-based policy allows the sqs:receivemessage action',
    ],
    [
      'identity denies',
      [allowed, statement('Deny', 'sqs:Receive*')],
      undefined,
      undefined,
      undefined,
      'with an explicit deny in an identity-based policy',
    ],
    [
      'queue denies',
      [allowed],
      undefined,
      undefined,
      statement('Deny', 'sqs:*', forRole('*')),
      'with an explicit deny in a resource-based policy',
    ],
    ['boundary is narrower', [allowed], statement('Allow', 'logs:*'), undefined, undefined, undefined],
    ['boundary denies', [allowed], statement('Deny', 'sqs:*'), undefined, undefined, undefined],
    ['session is narrower', [allowed], undefined, statement('Allow', 'logs:*'), undefined, undefined],
    ['session denies', [allowed], undefined, statement('Deny', 'sqs:*'), undefined, undefined],
  ])('%s', async (_case, policies, boundary, session, resourcePolicy, reason) => {
    const world = await worldWithRole(policies, boundary)
    const permission = { ...receive, ...(resourcePolicy === undefined ? {} : { resourcePolicy }) }
    const fault = refusal(world, roleSession(world, roleArn, 'worker', session), permission)
    expect(fault).toMatchObject({ code: 'AccessDenied', status: 403, recorded: reason !== undefined })
    if (reason === undefined) return
    expect(fault.message).toBe(
      `User: ${sessionArn} is not authorized to perform: sqs:receivemessage on resource: ${queueArn} ${reason}`,
    )
  })

  test('across accounts the queue must allow, too', async () => {
    const world = await worldWithRole([allowed])
    const principal = roleSession(world, roleArn, 'worker')
    const permission = { action: 'sqs:ReceiveMessage', resource: foreignQueueArn }
    expect(refusal(world, principal, permission).message).toMatch(
      /because no resource-based policy allows the sqs:receivemessage action$/,
    )
    const open = { ...permission, resourcePolicy: statement('Allow', 'sqs:*', forRole()) }
    expect(decide(world, principal, open, 'us-east-1').verdict).toBe('allowed')
  })

  test('an operator that nobody knows refuses, in words that are not recorded', async () => {
    const odd = statement('Allow', 'sqs:*', {
      Resource: '*',
      Condition: { StringRhymes: { 'aws:userid': 'x' } },
    })
    const world = await worldWithRole([odd])
    expect(refusal(world, roleSession(world, roleArn, 'worker'), receive).recorded).toBe(false)
  })
})

test.each([
  ['sqs:SendMessage', queueArn, 'AccessDenied', 403, 'sqs:sendmessage'],
  ['lambda:CreateEventSourceMapping', '*', 'AccessDeniedException', 403, 'lambda:CreateEventSourceMapping'],
  ['iam:GetRole', roleArn, 'AccessDenied', 403, 'iam:GetRole'],
  ['kms:CreateKey', '*', 'AccessDeniedException', 400, 'kms:CreateKey'],
  [
    'logs:FilterLogEvents',
    'arn:aws:logs:us-east-1:111122223333:log-group:g',
    'AccessDeniedException',
    400,
    'logs:FilterLogEvents',
  ],
])('%s is refused in the form of its service', async (action, resource, code, status, shown) => {
  const { world } = await startTestSandbox()
  const nobody = principalOf(world, 'AKIASANDBOXNOBODY')
  if (nobody === 'unknown' || nobody === 'expired') throw new Error(nobody)
  const fault = refusal(world, nobody, { action, resource })
  expect(fault).toMatchObject({ code, status, recorded: true })
  expect(fault.message).toBe(
    `User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: ${shown} on resource: ${resource} because no identity-based policy allows the ${shown} action`,
  )
})

describe('condition keys', () => {
  const when = (operator: string, key: string, value: string) =>
    statement('Allow', 'sqs:*', { Resource: '*', Condition: { [operator]: { [key]: value } } })
  test.each([
    ['tag of the role', when('StringEquals', 'aws:PrincipalTag/team', 'orders'), 'allowed'],
    ['another tag', when('StringEquals', 'aws:PrincipalTag/team', 'billing'), 'denied'],
    ['role ARN with its path', when('ArnEquals', 'aws:PrincipalArn', roleArn), 'allowed'],
    ['Region of the call', when('StringEquals', 'aws:RequestedRegion', 'us-east-1'), 'allowed'],
    ['TLS', when('Bool', 'aws:SecureTransport', 'true'), 'allowed'],
    ['a key that the request does not carry', when('StringEquals', 'aws:SourceVpce', 'vpce-1'), 'denied'],
    ['the same, negated', when('StringNotEquals', 'aws:SourceVpce', 'vpce-1'), 'allowed'],
    ['MFA, if the key is there', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'), 'allowed'],
    ['time of the sandbox', when('DateLessThan', 'aws:CurrentTime', '2026-11-23T12:00:01Z'), 'allowed'],
    ['time of the sandbox, over', when('DateLessThan', 'aws:CurrentTime', '2026-11-23T11:59:59Z'), 'denied'],
  ])('%s', async (_case, policy, verdict) => {
    const world = await worldWithRole([policy])
    expect(decide(world, roleSession(world, roleArn, 'worker'), receive, 'us-east-1').verdict).toBe(verdict)
  })
})

test('root needs no Allow in its account, and may do nothing in another', async () => {
  const { world } = await startTestSandbox()
  const root = rootOf(world, '111122223333')
  expect(decide(world, root, receive, 'us-east-1').verdict).toBe('allowed')
  expect(
    decide(world, root, { action: 'sqs:ReceiveMessage', resource: foreignQueueArn }, 'us-east-1').verdict,
  ).toBe('denied')
})

test('the explicit Deny of a queue policy holds for the root of its own account, too', async () => {
  const { world } = await startTestSandbox()
  const root = rootOf(world, '111122223333')
  const receiveUnder = (...parts: Parameters<typeof statement>) => ({
    ...receive,
    resourcePolicy: statement(...parts),
  })
  const denied = receiveUnder('Deny', 'sqs:ReceiveMessage', { Principal: '*', Resource: '*' })
  expect(decide(world, root, denied, 'us-east-1').verdict).toBe('denied')
  expect(refusal(world, root, denied).message).toMatch(/ with an explicit deny in a resource-based policy$/)
  const other = receiveUnder('Deny', 'sqs:SendMessage', { Principal: '*', Resource: '*' })
  expect(decide(world, root, other, 'us-east-1').verdict).toBe('allowed')
  const silent = receiveUnder('Allow', 'sqs:SendMessage', forRole())
  expect(decide(world, root, silent, 'us-east-1').verdict).toBe('allowed')
})

test('the session of a role that is gone is allowed nothing', async () => {
  const { world } = await startTestSandbox()
  expect(decide(world, roleSession(world, roleArn, 'worker'), receive, 'us-east-1').verdict).toBe('denied')
  expect(
    canUseKey(
      world,
      rootOf(world, '111122223333'),
      'arn:aws:kms:us-east-1:111122223333:key/x',
      'kms:Decrypt',
      {},
      'x',
    ).verdict,
  ).toBe('denied')
})
