import type { LambdaFunction } from '../aws/lambda-function.js'
import type { Queue } from '../aws/queue.js'
import { limits } from '../limits.js'

/** Why the recommended settings fit this queue and function, with the numbers. null: could not be read. */
export function recommendation(
  queue: Queue | null,
  lambdaFunction: LambdaFunction | null,
): readonly string[] {
  const batch = limits.batchSizeDefault.value
  return [
    `Batch: up to ${batch} messages in one invocation, as soon as they are there.`,
    ...(queue === null || lambdaFunction === null ? [] : [visibility(queue, lambdaFunction)]),
    'Partial batch responses: off. When one message of a batch fails, all of it comes back. Choose them only if the handler returns batchItemFailures; a handler that hides errors would lose messages.',
  ]
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function visibility({ name, visibilityTimeoutSeconds: has }: Queue, { timeoutSeconds }: LambdaFunction) {
  const times = limits.visibilityTimeoutMultiple.value
  const advised = Math.min(times * timeoutSeconds, limits.visibilityTimeoutMaximum.value)
  const sum = `${times} × ${timeoutSeconds} s timeout = ${advised} s`
  if (has < timeoutSeconds) {
    return `Visibility timeout: ${name} has ${has} s, less than the function's timeout of ${timeoutSeconds} s, which AWS refuses. The checks come to that.`
  }
  return has >= advised
    ? `Visibility timeout: AWS advises ${sum}; ${name} has ${has} s, which is enough.`
    : `Visibility timeout: AWS advises ${sum}; ${name} has ${has} s, which works until the function is throttled.`
}
