import { type FunctionAddress, roleNameOf } from '../arn.js'
import type { Role } from '../aws/execution-role.js'
import { type Key, readKeyGrants, readKeyPolicy } from '../aws/key.js'
import type { LambdaFunction } from '../aws/lambda-function.js'
import type { Queue } from '../aws/queue.js'
import { pollerFacts, pollerKeyFacts } from '../permissions/poller-facts.js'
import { evaluateTrust, trustFacts } from '../permissions/trust.js'
import type { PolicyHolder, Rest } from './access-question.js'
import { absent, type Fact, known, mapFact, readAsFact, unknown } from './fact.js'
import type { Facts, Judgement, RoleAction } from './facts.js'
import { type AccessJudge, judgeAccessOf } from './judge-access.js'
import type { Reads } from './reads.js'

type RolePermissions = Pick<Facts, `role ${RoleAction}`>

const pollActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const
const logActions = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const

/** What Lambda may do as the execution role: poll the queue, decrypt its messages, write the function's log. */
export async function gatherRolePermissions(reads: Reads): Promise<RolePermissions> {
  const fact = await reads.functionFact
  if (fact.state !== 'known') return everywhere(fact)
  const lambdaFunction = fact.value
  if (lambdaFunction.roleArn.split(':')[4] !== reads.caller.account) {
    return everywhere(unknown('the execution role is in another account'))
  }
  const judge = judgeAccessOf(reads.clients, holderOf(lambdaFunction, reads))
  const [poll, logs, decrypt] = await Promise.all([
    askAboutQueue(judge, lambdaFunction, reads),
    askAboutLogs(judge, lambdaFunction, reads),
    askAboutKey(judge, lambdaFunction, reads),
  ])
  return {
    'role sqs:ReceiveMessage': poll['sqs:ReceiveMessage'],
    'role sqs:DeleteMessage': poll['sqs:DeleteMessage'],
    'role sqs:GetQueueAttributes': poll['sqs:GetQueueAttributes'],
    'role kms:Decrypt': decrypt,
    'role logs:CreateLogStream': logs['logs:CreateLogStream'],
    'role logs:PutLogEvents': logs['logs:PutLogEvents'],
  }
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
  if (decision.verdict === 'unknown') return unknown(decision.reason)
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

async function askAboutQueue(judge: AccessJudge, { roleArn }: LambdaFunction, reads: Reads) {
  const poller = pollerOf(roleArn, reads, reads.queue.account)
  const rest = Promise.all([reads.queueFact, reads.roleFact]).then(
    ([queue, role]): Rest => ({
      ...queuePolicyOf(queue),
      facts: pollerFacts({ ...poller, roleTags: tagsOf(role) }),
    }),
  )
  const question = { actions: pollActions, resource: reads.queue.arn, facts: pollerFacts(poller), rest }
  const [answers, queue] = await Promise.all([judge(question), reads.queueFact])
  if (queue.state !== 'absent') return answers
  return { 'sqs:ReceiveMessage': queue, 'sqs:DeleteMessage': queue, 'sqs:GetQueueAttributes': queue }
}

/** A log stream stands for all: policies are written for the group, with a star behind it. */
async function askAboutLogs(judge: AccessJudge, lambdaFunction: LambdaFunction, reads: Reads) {
  const { partition, region, account } = reads.function
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${lambdaFunction.logGroup}`
  // The function itself writes its log: what holds for the poller's network holds here too.
  const { 'lambda:SourceFunctionArn': _, ...facts } = pollerFacts(
    pollerOf(lambdaFunction.roleArn, reads, account),
  )
  const rest = reads.roleFact.then(
    (role): Rest => ({
      facts: pollerFacts({ ...pollerOf(lambdaFunction.roleArn, reads, account), roleTags: tagsOf(role) }),
    }),
  )
  return judge({ actions: logActions, resource: `${group}:log-stream:sqs-trigger`, facts, rest })
}

async function askAboutKey(
  judge: AccessJudge,
  { roleArn }: LambdaFunction,
  reads: Reads,
): Promise<Fact<Judgement>> {
  const key = await reads.keyFact
  if (key.state !== 'known') return key
  if (key.value.manager === 'AWS')
    return absent('the queue is encrypted with AWS’s own key, which needs no permission in its account')
  if (key.value.state === 'NotFound') return absent('the key does not exist')
  const poller = pollerOf(roleArn, reads, key.value.account)
  const rest = Promise.all([readKeyLayers(reads, key.value, roleArn), reads.roleFact]).then(
    ([layers, role]): Rest => ({ ...layers, facts: pollerKeyFacts({ ...poller, roleTags: tagsOf(role) }) }),
  )
  const answers = await judge({
    actions: ['kms:Decrypt'] as const,
    resource: key.value.arn,
    facts: pollerKeyFacts(poller),
    rest,
  })
  return answers['kms:Decrypt']
}

async function readKeyLayers({ clients }: Reads, key: Key, roleArn: string): Promise<Rest> {
  const [policy, grants] = await Promise.all([
    readAsFact(readKeyPolicy(clients, key.arn)),
    readAsFact(readKeyGrants(clients, key.arn, roleArn)),
  ])
  const unread = [policy, grants].find((fact) => fact.state === 'unknown')
  return {
    resource: policy.state === 'known' ? [{ name: 'key policy', document: policy.value }] : 'unreadable',
    grants: grants.state === 'known' ? grants.value : 'unreadable',
    ...(unread === undefined ? {} : { unread }),
  }
}

function pollerOf(roleArn: string, { queue, caller, clients, now }: Reads, resourceAccount: string) {
  const { partition, arn: queueArn } = queue
  return {
    region: clients.region,
    partition,
    roleArn,
    account: caller.account,
    queueArn,
    resourceAccount,
    now,
  }
}

/** A queue without a policy, or none at all, has no layer; one that could not be read may hold anything. */
export function queuePolicyOf(queue: Fact<Queue>): Rest {
  if (queue.state === 'absent') return {}
  if (queue.state === 'unknown') return { resource: 'unreadable', unread: queue }
  const { policy, name } = queue.value
  return policy === null ? {} : { resource: [{ name: `${name} queue policy`, document: policy }] }
}

const tagsOf = (role: Fact<Role>) => (role.state === 'known' ? role.value.tags : undefined)

function everywhere(fact: Fact<never>): RolePermissions {
  return {
    'role sqs:ReceiveMessage': fact,
    'role sqs:DeleteMessage': fact,
    'role sqs:GetQueueAttributes': fact,
    'role kms:Decrypt': fact,
    'role logs:CreateLogStream': fact,
    'role logs:PutLogEvents': fact,
  }
}
