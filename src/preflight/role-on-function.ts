import type { LambdaFunction } from '../aws/lambda-function.js'
import { pollerFacts } from '../permissions/poller-facts.js'
import type { Rest } from './access-question.js'
import { absent, unknown } from './fact.js'
import type { Facts } from './facts.js'
import type { AccessJudge } from './judge-access.js'
import type { Reads } from './reads.js'
import { pollerOf, tagsOf } from './role-on-queue.js'

const logActions = ['logs:CreateLogStream', 'logs:PutLogEvents'] as const
const durableActions = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'] as const

type OnLogs = Pick<Facts, `role ${(typeof logActions)[number]}`>
type OnExecutions = Pick<Facts, `role ${(typeof durableActions)[number]}`>

/** A log stream stands for all: policies are written for the group, with a star behind it. */
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
  }
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
