import type { FunctionAddress, QueueAddress } from '../arn.js'
import type { Facts } from './facts.js'
import { isGone } from './gather/key-reads.js'
import type { RuleContext } from './rule.js'

/** Who asks, and where. */
interface Place extends Pick<RuleContext, 'region' | 'profile' | 'endpoint' | 'account'> {
  /** ARN of the caller. */
  readonly caller: string
}

/** Names and settings of one run, or of one mapping of many. */
export function ruleContextOf(
  context: Place,
  about: {
    readonly queue: QueueAddress
    readonly lambdaFunction: FunctionAddress
    readonly roleArn: string | null
    readonly facts: Facts
    readonly request: Pick<RuleContext, 'sendTest' | 'deadLetterName'>
  },
): RuleContext {
  const { queue, lambdaFunction, roleArn, facts, request } = about
  const { sendTest, deadLetterName } = request
  const key =
    facts.key.state === 'known' && facts.key.value.manager === 'CUSTOMER' ? facts.key.value.arn : null
  return {
    region: context.region,
    profile: context.profile,
    endpoint: context.endpoint,
    account: context.account,
    callerArn: context.caller,
    queueName: queue.name,
    queueArn: queue.arn,
    functionName:
      lambdaFunction.qualifier === undefined
        ? lambdaFunction.name
        : `${lambdaFunction.name}:${lambdaFunction.qualifier}`,
    functionArn: lambdaFunction.arn,
    roleArn,
    customerKeyArn: key,
    keyIsGone: facts.key.state === 'known' && isGone(facts.key.value),
    sendTest,
    ...(deadLetterName === undefined ? {} : { deadLetterName }),
  }
}
