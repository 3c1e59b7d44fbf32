import { limits } from '../../limits.js'
import { longestRunSeconds } from '../durable.js'
import { queueAttributesFix } from '../fix.js'
import { bad, defineRule, good, skip, unsure } from '../rule.js'

export default defineRule({
  slug: 'visibility-timeout-leaves-no-retry-room',
  group: 'queue',
  title: 'The queue’s visibility timeout leaves no room to retry a throttled batch',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue', 'lambdaFunction', 'batchWindow'],
  why: 'While the function is throttled Lambda retries until the visibility timeout ends; then the message counts one more receive, on its way to the dead-letter queue. AWS advises six times the function’s timeout, plus the batching window. Of a durable function Lambda awaits the whole execution, so its timeout counts.',
  example: {
    bad: { queue: { visibilityTimeoutSeconds: 60 }, lambdaFunction: { timeoutSeconds: 30 } },
    good: { queue: { visibilityTimeoutSeconds: 180 }, lambdaFunction: { timeoutSeconds: 30 } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
  ],
  judge: ({ queue, lambdaFunction, batchWindow }) => {
    const has = queue.visibilityTimeoutSeconds
    // The error rule says it already.
    if (has < lambdaFunction.timeoutSeconds)
      return skip('The visibility timeout is below the function’s timeout, which is worse.')
    const longest = longestRunSeconds(lambdaFunction)
    const beside = (window: number) =>
      Math.min(
        longest * limits.visibilityTimeoutMultiple.value + window,
        limits.visibilityTimeoutMaximum.value,
      )
    const wanted = beside(batchWindow.seconds)
    const grounds = { observed: has, expected: wanted }
    if (!batchWindow.isCertain && has >= wanted && has < beside(limits.batchWindowMaximum.value)) {
      const window =
        'the batching window of a mapping that may be there already, and mappings could not be listed'
      return unsure(`it turns on ${window}`, grounds, 'lambda:ListEventSourceMappings')
    }
    return has >= wanted
      ? good(`Queue ${queue.name} hides a message for ${has} s; AWS advises at least ${wanted} s.`, grounds)
      : bad({ has, wanted, longest: lambdaFunction.durable === null ? null : longest }, grounds)
  },
  message: ({ has, wanted, longest }, { queueName, functionName }) =>
    longest === null
      ? `Queue ${queueName} hides a message for ${has} s; for function ${functionName} AWS advises at least ${wanted} s.`
      : `Queue ${queueName} hides a message for ${has} s; function ${functionName} is durable and may hold it for ${longest} s, for which at least ${wanted} s would do.`,
  fix: ({ wanted }, context) =>
    queueAttributesFix(
      context,
      `Raise the visibility timeout of ${context.queueName} to ${wanted} s.`,
      { VisibilityTimeout: String(wanted) },
      'tool',
    ),
})
