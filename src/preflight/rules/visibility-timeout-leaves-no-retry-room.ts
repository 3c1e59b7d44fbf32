import { limits } from '../../limits.js'
import { queueAttributesFix } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'visibility-timeout-leaves-no-retry-room',
  group: 'queue',
  title: 'The queue’s visibility timeout leaves no room to retry a throttled batch',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue', 'lambdaFunction', 'settings'],
  why: 'While the function is throttled Lambda retries until the visibility timeout ends; then the message counts one more receive, on its way to the dead-letter queue. AWS advises six times the function’s timeout, plus the batching window.',
  example: {
    bad: { queue: { visibilityTimeoutSeconds: 60 }, lambdaFunction: { timeoutSeconds: 30 } },
    good: { queue: { visibilityTimeoutSeconds: 180 }, lambdaFunction: { timeoutSeconds: 30 } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
  ],
  judge: ({ queue, lambdaFunction, settings }) => {
    const has = queue.visibilityTimeoutSeconds
    // The error rule says it already.
    if (has < lambdaFunction.timeoutSeconds)
      return skip('The visibility timeout is below the function’s timeout, which is worse.')
    const advised =
      lambdaFunction.timeoutSeconds * limits.visibilityTimeoutMultiple.value +
      (settings.batchWindowSeconds ?? 0)
    const wanted = Math.min(advised, limits.visibilityTimeoutMaximum.value)
    const grounds = { observed: has, expected: wanted }
    return has >= wanted
      ? good(`Queue ${queue.name} hides a message for ${has} s; AWS advises at least ${wanted} s.`, grounds)
      : bad({ has, wanted }, grounds)
  },
  message: ({ has, wanted }, { queueName, functionName }) =>
    `Queue ${queueName} hides a message for ${has} s; for function ${functionName} AWS advises at least ${wanted} s.`,
  fix: ({ wanted }, context) =>
    queueAttributesFix(context, `Raise the visibility timeout of ${context.queueName} to ${wanted} s.`, {
      VisibilityTimeout: String(wanted),
    }),
})
