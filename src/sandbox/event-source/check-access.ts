import { AwsFault } from '../aws-fault.js'
import type { FunctionReference } from '../function-reference.js'
import { lambdaMayAssume } from '../iam/lambda-may-assume.js'
import { secondsOf } from '../sqs/state.js'
import type { World } from '../world.js'
import { refuseDurable } from './check-durable.js'
import type { QueueReference } from './queue-reference.js'
import { type QueueAction, roleMay } from './role-access.js'
import { type TargetFunction, targetFunction } from './target-function.js'

/** In the order in which a refusal was seen most often; AWS names one. */
const queueActions: readonly QueueAction[] = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']

/**
 * Function, role and queue of a mapping that is created, enabled or pointed at another function, in AWS's order:
 * function, trust, the role's rights, queue, timeouts. Throws AwsFault with the recorded texts.
 */
export function refuseAccess(
  world: World,
  caller: { readonly account: string; readonly region: string },
  reference: FunctionReference,
  queue: QueueReference,
): void {
  const target = findTarget(world, caller, reference)
  refuseDurable(target, reference)
  if (!lambdaMayAssume(world, target)) {
    throw refuse('The role defined for the function cannot be assumed by Lambda.', false)
  }
  const denied = queueActions.find((action) => !roleMay(world, target.roleArn, action, queue))
  if (denied) {
    const text = `The function execution role does not have permissions to call ${denied} on SQS`
    throw refuse(text, denied !== 'GetQueueAttributes')
  }
  refuseQueue(world, caller.region, queue, target)
}

function findTarget(
  world: World,
  caller: { readonly account: string; readonly region: string },
  { arn, account, region, qualifier }: FunctionReference,
): TargetFunction {
  const reachable = account === caller.account && region === caller.region
  const target = reachable ? targetFunction(world, arn, 'must-exist') : undefined
  if (target) return target
  const isVersion = qualifier !== undefined && /^\d+$/.test(qualifier)
  throw refuse('Function does not exist', reachable && !isVersion)
}

function refuseQueue(world: World, region: string, queue: QueueReference, target: TargetFunction): void {
  // SQS of the function's Region is asked, so that a queue of another Region is one that does not exist.
  const found = queue.region === region ? world.sqs.queues.get(queue.arn) : undefined
  if (!found) {
    throw refuse(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
      queue.region === region,
    )
  }
  const visibility = secondsOf(found, 'VisibilityTimeout')
  if (visibility < target.timeoutSeconds) {
    throw refuse(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${target.timeoutSeconds} seconds`,
      true,
    )
  }
}

function refuse(message: string, recorded: boolean): AwsFault {
  return new AwsFault('InvalidParameterValueException', message, { recorded })
}
