import { type FunctionAddress, roleNameOf } from '../arn.js'
import type { Role } from '../aws/execution-role.js'
import type { LambdaFunction } from '../aws/lambda-function.js'
import { pollerKeyFacts } from '../permissions/poller-facts.js'
import { evaluateTrust, trustFacts } from '../permissions/trust.js'
import type { PolicyHolder, Rest } from './access-question.js'
import { existence } from './existence.js'
import { type Fact, known, mapFact, unknown } from './fact.js'
import type { Facts, Judgement, RoleAction } from './facts.js'
import { type AccessJudge, judgeAccessOf } from './judge-access.js'
import { type KeyReads, keyToJudge } from './key-reads.js'
import { judgeFound } from './principal-judges.js'
import type { Reads } from './reads.js'
import { judgeResourcePolicy } from './resource-policy-on-role.js'
import { askAboutDurableExecutions, askAboutLogs } from './role-on-function.js'
import { askAboutQueue, pollerOf, tagsOf } from './role-on-queue.js'

type RolePermissions = Pick<Facts, `role ${RoleAction}` | 'queuePolicyOnRole' | 'keyPolicyOnRole'>

/** What may be done as the execution role: poll the queue, decrypt its messages, write the function's log. */
export async function gatherRolePermissions(reads: Reads, keyReads: KeyReads): Promise<RolePermissions> {
  const fact = await reads.functionFact
  if (fact.state !== 'known') return everywhere(fact)
  const lambdaFunction = fact.value
  if (lambdaFunction.roleArn.split(':')[4] !== reads.caller.account) {
    return everywhere(unknown('the execution role is in another account'))
  }
  const isThere = reads.roleFact.then((role) => role.state === 'known')
  const judge = judgeFound(
    judgeAccessOf(reads.clients, holderOf(lambdaFunction, reads)),
    'the execution role, which it shows',
    isThere,
  )
  const [onQueue, onLogs, onKey, onExecutions] = await Promise.all([
    askAboutQueue(judge, lambdaFunction, reads),
    askAboutLogs(judge, lambdaFunction, reads),
    askAboutKey(judge, lambdaFunction, reads, keyReads),
    askAboutDurableExecutions(judge, lambdaFunction, reads),
  ])
  return { ...onQueue, ...onLogs, ...onKey, ...onExecutions }
}

/** Where the role may not be read, IAM may still have said, when it was asked for the role's rights, that it is gone. */
export function roleExistence(
  role: Fact<Role>,
  { 'role logs:CreateLogStream': asked }: Pick<RolePermissions, 'role logs:CreateLogStream'>,
): Fact<boolean> {
  return role.state === 'unknown' && asked.state === 'absent' ? known(false) : existence(role, undefined)
}

/** Whether Lambda may assume the role, from its trust policy: the simulator does not judge those. */
export function judgeTrust(role: Fact<Role>, address: FunctionAddress): Fact<Judgement> {
  if (role.state !== 'known') return role
  const { trustPolicy, name } = role.value
  if (trustPolicy === undefined) return unknown('the endpoint did not send the role’s trust policy')
  const facts = trustFacts({
    functionArn: address.unqualifiedArn,
    account: address.account,
    region: address.region,
  })
  const decision = evaluateTrust([{ name, document: trustPolicy }], facts)
  if (decision.verdict === 'unknown') return unknown(decision.reason, undefined, decision.unknownClass)
  return known({ decision, certainty: 'evaluated', assumptions: [] })
}

function holderOf({ roleArn }: LambdaFunction, { roleFact, caller }: Reads): PolicyHolder {
  return {
    kind: 'role',
    arn: roleArn,
    name: roleNameOf(roleArn),
    boundary: async () => mapFact(await roleFact, ({ boundaryArn }) => boundaryArn),
    principal: { kind: 'assumed-role', roleArn, account: caller.account },
  }
}

/** Through SQS, as the poller does when it receives an encrypted message. */
async function askAboutKey(
  judge: AccessJudge,
  { roleArn }: LambdaFunction,
  reads: Reads,
  keyReads: KeyReads,
): Promise<Pick<Facts, 'role kms:Decrypt' | 'keyPolicyOnRole'>> {
  const key = keyToJudge(await reads.keyFact)
  if (key.state !== 'known') return { 'role kms:Decrypt': key, keyPolicyOnRole: key }
  const poller = pollerOf(roleArn, reads, key.value.account)
  const rest = Promise.all([keyReads.layers(key.value, roleArn), reads.roleFact]).then(
    ([layers, role]): Rest => ({ ...layers, facts: pollerKeyFacts({ ...poller, roleTags: tagsOf(role) }) }),
  )
  const resource = key.value.arn
  const facts = pollerKeyFacts(poller)
  const [answers, said] = await Promise.all([judge({ actions: keyActions, resource, facts, rest }), rest])
  const principal = { kind: 'assumed-role', roleArn, account: reads.caller.account } as const
  return {
    'role kms:Decrypt': answers['kms:Decrypt'],
    keyPolicyOnRole: judgeResourcePolicy({ principal, action: 'kms:Decrypt', resource, facts }, said),
  }
}

const keyActions = ['kms:Decrypt'] as const

function everywhere(fact: Fact<never>): RolePermissions {
  return {
    'role sqs:ReceiveMessage': fact,
    'role sqs:DeleteMessage': fact,
    'role sqs:GetQueueAttributes': fact,
    'role sqs:SendMessage': fact,
    'role kms:Decrypt': fact,
    'role logs:CreateLogStream': fact,
    'role logs:PutLogEvents': fact,
    'role lambda:CheckpointDurableExecution': fact,
    'role lambda:GetDurableExecutionState': fact,
    queuePolicyOnRole: fact,
    keyPolicyOnRole: fact,
  }
}
