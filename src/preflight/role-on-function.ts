import type { LambdaFunction } from '../aws/lambda-function.js'
import { pollerFacts } from '../permissions/poller-facts.js'
import type { Rest } from './access-question.js'
import { absent, type Fact, mapFact } from './fact.js'
import type { Facts, Judgement } from './facts.js'
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
 * it. Which version an alias stands for is not looked up: the first serves to tell a policy for all of them.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export async function askAboutDurableExecutions(
  judge: AccessJudge,
  lambdaFunction: LambdaFunction,
  reads: Reads,
): Promise<OnExecutions> {
  const { name, unqualifiedArn, qualifier = '$LATEST' } = reads.function
  if (lambdaFunction.durable === null) {
    const none = absent(`function ${name} is not durable`)
    return { 'role lambda:CheckpointDurableExecution': none, 'role lambda:GetDurableExecutionState': none }
  }
  const isVersion = /^(?:\d+|\$LATEST)$/.test(qualifier)
  const resource = `${unqualifiedArn}:${isVersion ? qualifier : '1'}/durable-execution/sqs-trigger/sqs-trigger`
  const answers = await judge({ actions: durableActions, resource, ...ofFunction(lambdaFunction, reads) })
  const told = (fact: Fact<Judgement>) =>
    isVersion
      ? fact
      : mapFact(fact, (judgement) => ({
          ...judgement,
          assumptions: [...judgement.assumptions, alikeForAll(qualifier)],
        }))
  return {
    'role lambda:CheckpointDurableExecution': told(answers['lambda:CheckpointDurableExecution']),
    'role lambda:GetDurableExecutionState': told(answers['lambda:GetDurableExecutionState']),
  }
}

const alikeForAll = (alias: string) =>
  `No policy tells versions of the function apart: which one ${alias} stands for was not looked up.`

/** The function itself makes these calls: what holds for the poller's network holds here too. */
function ofFunction({ roleArn }: LambdaFunction, reads: Reads) {
  const poller = pollerOf(roleArn, reads, reads.function.account)
  const { 'lambda:SourceFunctionArn': _, ...facts } = pollerFacts(poller)
  const rest = reads.roleFact.then(
    (role): Rest => ({ facts: pollerFacts({ ...poller, roleTags: tagsOf(role) }) }),
  )
  return { facts, rest }
}
