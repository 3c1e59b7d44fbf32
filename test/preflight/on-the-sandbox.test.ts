import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { PutKeyPolicyCommand } from '@aws-sdk/client-kms'
import { describe, expect, it } from 'vitest'
import {
  account,
  createKey,
  createOrders,
  preflight,
  queueArn,
  region,
  sessionOf,
  startWorld,
} from './preflight-world.js'

const logsOnly = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const roleRules = [
  'role-lacks-receive-message',
  'role-lacks-delete-message',
  'role-lacks-get-queue-attributes',
]

describe.each(['new', 'old'] as const)('with the simulator’s %s shape', (simulatorShape) => {
  it('a healthy pair passes, from what the simulator said', async () => {
    const sandbox = await startWorld({ simulatorShape })
    await createOrders(sandbox)
    const { failed, unknown, byRule } = await preflight(await sessionOf(sandbox))
    expect({ failed, unknown }).toEqual({ failed: [], unknown: [] })
    for (const rule of [
      ...roleRules,
      'role-lacks-log-permissions',
      'caller-lacks-create-event-source-mapping',
    ]) {
      expect(byRule[rule]).toMatchObject({ status: 'pass', certainty: 'simulated' })
    }
    expect(byRule['caller-lacks-get-queue-attributes']).toMatchObject({ status: 'pass', certainty: 'live' })
  })

  it('a role without rights fails on each of them, with a command that mends all', async () => {
    const sandbox = await startWorld({ simulatorShape, policies: [logsOnly] })
    await createOrders(sandbox)
    const session = await sessionOf(sandbox)
    const { failed, byRule } = await preflight(session)
    expect(failed).toEqual(roleRules)
    const fix = byRule['role-lacks-receive-message']?.fix
    expect(fix).toMatchObject({
      automatic: true,
      commands: [{ text: expect.stringContaining('aws iam put-role-policy --role-name worker-role') }],
    })
    await sandbox.admin.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'worker-role',
        PolicyName: 'fix',
        PolicyDocument: JSON.stringify(fix?.policy),
      }),
    )
    expect((await preflight(session)).failed).toEqual([])
  })
})

describe('what stands against the role', () => {
  it('a Deny in the queue policy decides over what the simulator allows', async () => {
    const sandbox = await startWorld()
    const statement = {
      Sid: 'NoDelete',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:DeleteMessage',
      Resource: queueArn,
    }
    await createOrders(sandbox, { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) })
    const { failed, byRule } = await preflight(await sessionOf(sandbox))
    expect(failed).toEqual(['queue-policy-denies-role'])
    expect(byRule['role-lacks-delete-message']).toMatchObject({
      status: 'skip',
      message: 'The policy of the queue decides; queue-policy-denies-role tells it.',
    })
    expect(byRule['queue-policy-denies-role']).toMatchObject({
      observed: 'explicitDeny',
      evidence: [{ layer: 'resource', sid: 'NoDelete', effect: 'Deny' }],
      fix: { commands: [], automatic: false, summary: expect.stringContaining('NoDelete') },
    })
  })

  it('a grant in the queue policy alone passes, with a note', async () => {
    const sandbox = await startWorld({ policies: [logsOnly] })
    const Principal = { AWS: `arn:aws:iam::${account}:role/worker-role` }
    const statement = { Effect: 'Allow', Principal, Action: 'sqs:*', Resource: queueArn }
    await createOrders(sandbox, { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) })
    const { failed, byRule } = await preflight(await sessionOf(sandbox))
    expect(failed).toEqual([])
    expect(byRule['role-lacks-receive-message']?.message).toContain('Only the policy of the resource says so')
  })

  it('a customer key that the role may not use is found before messages are stuck', async () => {
    const sandbox = await startWorld()
    const key = await createKey(sandbox)
    await createOrders(sandbox, { KmsMasterKeyId: key })
    const session = await sessionOf(sandbox)
    const { failed, byRule } = await preflight(session)
    expect(failed).toEqual(['role-lacks-decrypt'])
    expect(byRule['key-not-usable']?.status).toBe('pass')
    const text = byRule['role-lacks-decrypt']?.fix?.commands[0]?.text
    expect(text).toContain('"Action":"kms:Decrypt"')
    // One policy a queue: the fix of one right must not take another away.
    expect(text).toContain('sqs:ReceiveMessage')
  })

  it('a key policy that delegates to nobody is the key owner’s matter', async () => {
    const sandbox = await startWorld()
    const key = await createKey(sandbox)
    await createOrders(sandbox, { KmsMasterKeyId: key })
    const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key }
    await sandbox.admin.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'worker-role',
        PolicyName: 'd',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [decrypt] }),
      }),
    )
    const session = await sessionOf(sandbox)
    expect((await preflight(session)).failed).toEqual([])
    const Principal = {
      AWS: [`arn:aws:iam::${account}:user/developer`, `arn:aws:iam::${account}:user/administrator`],
    }
    const closed = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }],
    }
    await sandbox.admin.kms.send(new PutKeyPolicyCommand({ KeyId: key, Policy: JSON.stringify(closed) }))
    const { failed, byRule } = await preflight(session)
    expect(failed).toEqual(['key-policy-omits-role'])
    expect(byRule['role-lacks-decrypt']?.status).toBe('skip')
    expect(byRule['key-policy-omits-role']?.fix).toMatchObject({
      automatic: false,
      commands: [],
      policy: { Statement: [{ Action: 'kms:Decrypt' }] },
    })
  })
})

describe('what is not there', () => {
  it('a missing queue and function are findings; what depends on them is skipped', async () => {
    const sandbox = await startWorld()
    const { failed, unknown, byRule, types } = await preflight(await sessionOf(sandbox), {
      queue: 'oders',
      function: 'wroker',
    })
    expect(failed).toEqual(['queue-not-found', 'function-not-found'])
    expect(unknown).toEqual([])
    expect(byRule['queue-not-found']?.message).toBe(
      `Queue oders does not exist in account ${account}, ${region}.`,
    )
    expect(byRule['role-lacks-receive-message']?.status).toBe('skip')
    expect(types.slice(0, 4)).toEqual([
      'caller-identified',
      'target-resolved',
      'step-started',
      'facts-gathered',
    ])
    expect(types.slice(4).every((type) => type === 'rule-judged')).toBe(true)
  })

  it('a missing alias is told apart from a missing function', async () => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    const { failed, byRule } = await preflight(await sessionOf(sandbox), { function: 'worker:live' })
    expect(failed).toEqual(['qualifier-not-found'])
    expect(byRule['qualifier-not-found']?.message).toBe(
      'Function worker exists, but has no alias or version live.',
    )
  })

  it('another Region is decided from ARNs: nothing else is asked', async () => {
    const sandbox = await startWorld()
    const session = await sessionOf(sandbox)
    const queue = `arn:aws:sqs:eu-west-1:${account}:orders`
    const { failed, events } = await preflight(session, { queue })
    expect(failed).toEqual(['regions-differ'])
    expect(events.find((event) => event.type === 'facts-gathered')).toMatchObject({ calls: 3 })
  })
})

describe('a caller who may read nothing', () => {
  it('gets unknowns with the permission that would settle them, never a pass', async () => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    const { failed, byRule } = await preflight(await sessionOf(sandbox, 'AKIASANDBOXNOBODY'), {
      sendTest: true,
    })
    expect(failed).toEqual([])
    expect(byRule['caller-lacks-get-queue-attributes']).toMatchObject({
      status: 'warn',
      certainty: 'live',
      observed: 'implicitDeny',
    })
    for (const rule of [
      'caller-lacks-create-event-source-mapping',
      'caller-lacks-send-message',
      'queue-not-found',
      ...roleRules,
    ]) {
      expect(byRule[rule]).toMatchObject({
        status: 'unknown',
        certainty: 'none',
        message: expect.stringMatching(/was refused/),
      })
    }
  })

  it('who is not signed in gets no findings at all', async () => {
    const sandbox = await startWorld()
    await expect(preflight(await sessionOf(sandbox, 'AKIASANDBOXEXPIRED'))).rejects.toMatchObject({
      code: 'CREDENTIALS_EXPIRED',
    })
  })
})
