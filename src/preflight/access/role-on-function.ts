import type { LambdaFunction } from '../../aws/lambda-function.js'
import { isLogGroupThere } from '../../aws/log-events.js'
import { pollerFacts } from '../../permissions/poller-facts.js'
import { absent, type Fact, known, readAsFact, unknown } from '../fact.js'
import type { Facts, Judgement } from '../facts.js'
import type { Reads } from '../gather/reads.js'
import type { Rest } from './access-question.js'
import type { AccessJudge } from './judge-access.js'
import { pollerOf, tagsOf } from './role-on-queue.js'

const streamActions = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const
const logActions = ['logs:CreateLogGroup', ...streamActions] as const
const durableActions = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'] as const

type OnLogs = Pick<Facts, `role ${(typeof streamActions)[number]}` | 'newLogGroup'>
type OnExecutions = Pick<Facts, `role ${(typeof durableActions)[number]}`>

/**
 * A log stream stands for all, and for the group: AWS's refusal to make one names a stream too. Policies are written
 * for the group, with a star behind it.
 */
export async function askAboutLogs(
  judge: AccessJudge,
  lambdaFunction: LambdaFunction,
  reads: Reads,
): Promise<OnLogs> {
  const { partition, region, account } = reads.function
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${lambdaFunction.logGroup}`
  const resource = `${group}:log-stream:sqs-trigger`
  const answers = await judge({ actions: logActions, resource, ...ofFunction(lambdaFunction, reads) })
  return {
    'role logs:CreateLogStream': answers['logs:CreateLogStream'],
    'role logs:PutLogEvents': answers['logs:PutLogEvents'],
    newLogGroup: streamActions.every((action) => isAllowed(answers[action]))
      ? await askAboutNewGroup(answers['logs:CreateLogGroup'], lambdaFunction, reads)
      : toldAlong(answers['logs:CreateLogGroup']),
  }
}

const isAllowed = (fact: Fact<Judgement>) =>
  fact.state === 'known' && fact.value.decision.verdict === 'allowed'

/** Without the rest it decides nothing: what is known of it is told, and nothing is asked for its sake. */
const toldAlong = (mayMake: Fact<Judgement>): Fact<Judgement | null> =>
  mayMake.state === 'unknown' ? known(null) : mayMake

/**
 * Who makes the group beforehand, as many templates do, needs no right to make it again. One more call, and only where
 * the role may not.
 */
async function askAboutNewGroup(
  mayMake: Fact<Judgement>,
  { logGroup }: LambdaFunction,
  { clients }: Reads,
): Promise<Fact<Judgement | null>> {
  if (mayMake.state === 'absent' || isAllowed(mayMake)) return mayMake
  const isThere = await readAsFact(isLogGroupThere(clients, logGroup))
  if (isThere.state === 'known') return isThere.value ? known(null) : mayMake
  if (mayMake.state === 'unknown') return mayMake
  const reason = `the role may not call logs:CreateLogGroup, which matters only where log group ${logGroup} is not there yet, and ${isThere.reason}`
  return { ...isThere, reason }
}

/**
 * A durable execution belongs to a version of the function, and policies mean it by the version's ARN with more behind
 * it. Lambda says itself which version an alias stands for.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export async function askAboutDurableExecutions(
  judge: AccessJudge,
  lambdaFunction: LambdaFunction,
  reads: Reads,
): Promise<OnExecutions> {
  const { name, unqualifiedArn } = reads.function
  if (lambdaFunction.durable === null) {
    const none = absent(`function ${name} is not durable`)
    return { 'role lambda:CheckpointDurableExecution': none, 'role lambda:GetDurableExecutionState': none }
  }
  const { version } = lambdaFunction
  if (version === undefined) {
    const open = unknown('the endpoint did not say which version of the function it is')
    return { 'role lambda:CheckpointDurableExecution': open, 'role lambda:GetDurableExecutionState': open }
  }
  const resource = `${unqualifiedArn}:${version}/durable-execution/sqs-trigger/sqs-trigger`
  const answers = await judge({ actions: durableActions, resource, ...ofFunction(lambdaFunction, reads) })
  return {
    'role lambda:CheckpointDurableExecution': answers['lambda:CheckpointDurableExecution'],
    'role lambda:GetDurableExecutionState': answers['lambda:GetDurableExecutionState'],
  }
}

/** The function itself makes these calls: what holds for the poller's network holds here too. */
function ofFunction({ roleArn }: LambdaFunction, reads: Reads) {
  const poller = pollerOf(roleArn, reads, reads.function.account)
  const { 'lambda:SourceFunctionArn': _, ...facts } = pollerFacts(poller)
  const rest = reads.roleFact.then(
    (role): Rest => ({ facts: pollerFacts({ ...poller, roleTags: tagsOf(role) }) }),
  )
  return { facts, rest }
}
