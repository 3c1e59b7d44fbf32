import { limits } from '../../limits.js'
import { longestRunSeconds } from '../durable.js'
import { queueAttributesFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'visibility-timeout-below-function-timeout',
  group: 'queue',
  title: 'The queue hides a message for less time than the function may run',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['queue', 'lambdaFunction', 'batchWindow'],
  why: 'AWS refuses such a mapping: a message would come back while the function still works on it.',
  example: {
    bad: { queue: { visibilityTimeoutSeconds: 30 }, lambdaFunction: { timeoutSeconds: 60 } },
    good: { queue: { visibilityTimeoutSeconds: 60 }, lambdaFunction: { timeoutSeconds: 60 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'],
  judge: ({ queue, lambdaFunction, batchWindow }) => {
    const has = queue.visibilityTimeoutSeconds
    const needs = lambdaFunction.timeoutSeconds
    const grounds = { observed: has, expected: needs }
    return has >= needs
      ? good(
          `Queue ${queue.name} hides a message for ${has} s; function ${lambdaFunction.name} may run for ${needs} s.`,
          grounds,
        )
      : bad(
          {
            has,
            needs,
            longest: longestRunSeconds(lambdaFunction),
            windowSeconds: batchWindow.seconds,
          },
          grounds,
        )
  },
  message: ({ has, needs }, { queueName, functionName }) =>
    `Queue ${queueName} hides a message for ${has} s, but function ${functionName} may run for ${needs} s.`,
  fix: ({ needs, longest, windowSeconds }, context) => {
    const multiple = limits.visibilityTimeoutMultiple.value
    const seconds = Math.min(longest * multiple + windowSeconds, limits.visibilityTimeoutMaximum.value)
    const time = longest === needs ? "the function's timeout" : 'the time of a whole durable execution'
    const window = windowSeconds === 0 ? '' : ' and the batching window'
    const summary = `Raise the visibility timeout of ${context.queueName} to ${seconds} s, ${multiple} times ${time}${window} as AWS advises.`
    return queueAttributesFix(context, summary, { VisibilityTimeout: String(seconds) }, 'tool')
  },
})
