import { type FunctionAddress, roleNameOf } from '../../arn.js'
import type { Role } from '../../aws/execution-role.js'
import type { LambdaFunction } from '../../aws/lambda-function.js'
import { pollerKeyFacts } from '../../permissions/poller-facts.js'
import { evaluateTrust, trustFacts } from '../../permissions/trust.js'
import type { PolicyHolder, Rest } from '../access/access-question.js'
import { type AccessJudge, judgeAccessOf } from '../access/judge-access.js'
import { judgeFound } from '../access/principal-judges.js'
import { judgeResourcePolicy } from '../access/resource-policy-on-role.js'
import { askAboutDurableExecutions, askAboutLogs } from '../access/role-on-function.js'
import { askAboutQueue, pollerOf, tagsOf } from '../access/role-on-queue.js'
import { type AbsentFact, absent, type Fact, known, mapFact, unknown } from '../fact.js'
import type { Facts, Judgement, RoleAction } from '../facts.js'
import { existence } from './existence.js'
import { isAwsAlias, type KeyReads, keyToJudge, resourceOf, withUnreadId } from './key-reads.js'
import type { Reads } from './reads.js'

type RolePermissions = Pick<
  Facts,
  `role ${RoleAction}` | 'newLogGroup' | 'queuePolicyOnRole' | 'keyPolicyOnRole'
>

/**
 * What may be done as the execution role: poll the queue, decrypt its messages, write the function's log. `onSilence`
 * is called when IAM's simulator says nothing of the role.
 */
export async function gatherRolePermissions(
  reads: Reads,
  keyReads: KeyReads,
  onSilence: () => void,
): Promise<RolePermissions> {
  const fact = await reads.functionFact
  if (fact.state !== 'known') {
    const [queue, key] = await Promise.all([reads.queueFact, reads.keyFact])
    return { ...everywhere(fact), ...onQueueNotThere(fact, queue), ...onKeyNotThere(fact, key) }
  }
  const lambdaFunction = fact.value
  if (lambdaFunction.roleArn.split(':')[4] !== reads.caller.account) {
    return everywhere(unknown('the execution role is in another account'))
  }
  // Whoever waits for the role itself hears of a read that failed; for this nobody may be waiting.
  const isThere = reads.roleFact.then(
    (role) => role.state === 'known',
    () => false,
  )
  const holder = holderOf(lambdaFunction, reads)
  const documents = reads.documentsOf?.(holder)
  const judge = judgeFound(
    judgeAccessOf(reads.clients, holder, documents, onSilence, reads.beginSimulation),
    'the execution role, which it shows',
    isThere,
  )
  const [onQueue, onLogs, onKey, onExecutions] = await Promise.all([
    askAboutQueue(judge, lambdaFunction, reads),
    askAboutLogs(judge, lambdaFunction, reads),
    askAboutKey(judge, lambdaFunction, reads, keyReads),
    askAboutDurableExecutions(judge, lambdaFunction, reads),
  ])
  // Of a role that is not there nothing else can be said: whatever was answered is about another of its name.
  const gone = [await reads.roleFact, onLogs['role logs:CreateLogStream']].find(isAbsent)
  return gone === undefined ? { ...onQueue, ...onLogs, ...onKey, ...onExecutions } : everywhere(gone)
}

const isAbsent = (fact: Fact<unknown>): fact is AbsentFact => fact.state === 'absent'

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
  const key = keyToJudge(await reads.keyFact, reads.caller.account)
  if (key.state !== 'known') return { 'role kms:Decrypt': key, keyPolicyOnRole: key }
  const poller = pollerOf(roleArn, reads, key.value.account)
  const rest = Promise.all([keyReads.layers(key.value), reads.roleFact]).then(
    ([layers, role]): Rest => ({ ...layers, facts: pollerKeyFacts({ ...poller, roleTags: tagsOf(role) }) }),
  )
  const resource = resourceOf(key.value)
  const facts = pollerKeyFacts(poller)
  const [answers, said, role] = await Promise.all([
    judge({ actions: keyActions, resource, facts, rest }),
    rest,
    reads.roleFact,
  ])
  const principal = { kind: 'assumed-role', roleArn, account: reads.caller.account } as const
  return {
    'role kms:Decrypt': withUnreadId(key.value, answers['kms:Decrypt']),
    keyPolicyOnRole: isAwsAlias(key.value)
      ? absent('AWS keeps the policy of its own key, which lets everyone of its account in by way of SQS')
      : judgeResourcePolicy({ principal, action: 'kms:Decrypt', resource, facts }, said, role),
  }
}

const keyActions = ['kms:Decrypt'] as const

/** What is not there decides before what cannot be read: of a queue that is gone nobody has to know who may read it. */
function onQueueNotThere(fact: Fact<never>, queue: Fact<unknown>) {
  const said = fact.state === 'unknown' && isAbsent(queue) ? queue : fact
  return {
    'role sqs:ReceiveMessage': said,
    'role sqs:DeleteMessage': said,
    'role sqs:GetQueueAttributes': said,
    'role sqs:SendMessage': said,
    queuePolicyOnRole: said,
  }
}

function onKeyNotThere(fact: Fact<never>, key: Fact<unknown>) {
  const said = fact.state === 'unknown' && isAbsent(key) ? key : fact
  return { 'role kms:Decrypt': said, keyPolicyOnRole: said }
}

function everywhere(fact: Fact<never>): RolePermissions {
  return {
    'role sqs:ReceiveMessage': fact,
    'role sqs:DeleteMessage': fact,
    'role sqs:GetQueueAttributes': fact,
    'role sqs:SendMessage': fact,
    'role kms:Decrypt': fact,
    'role logs:CreateLogStream': fact,
    'role logs:PutLogEvents': fact,
    newLogGroup: fact,
    'role lambda:CheckpointDurableExecution': fact,
    'role lambda:GetDurableExecutionState': fact,
    queuePolicyOnRole: fact,
    keyPolicyOnRole: fact,
  }
}
