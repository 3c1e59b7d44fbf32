import { durableLimitSeconds } from '../durable.js'
import { awsFix } from '../fix.js'
import { bad, defineRule, good, skip, unsure } from '../rule.js'

export default defineRule({
  slug: 'durable-function-timeout-too-long',
  group: 'function',
  title: 'Durable executions may take longer than a mapping waits',
  severity: 'error',
  enforcedByAws: true,
  subject: 'function',
  needs: ['lambdaFunction'],
  why: 'For a queue Lambda waits until the whole durable execution has ended, its waits included: 15 minutes at most, 90 on Managed Instances. AWS refuses a mapping to a function whose execution timeout is longer.',
  example: {
    bad: {
      lambdaFunction: { durable: { executionTimeoutSeconds: 86_400, retentionDays: 14, keyArn: null } },
    },
    good: {
      lambdaFunction: { durable: { executionTimeoutSeconds: 900, retentionDays: 14, keyArn: null } },
    },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html'],
  judge: ({ lambdaFunction }) => {
    const { name, durable } = lambdaFunction
    if (durable === null) return skip(`Function ${name} is not durable.`)
    const has = durable.executionTimeoutSeconds
    const limit = durableLimitSeconds(lambdaFunction)
    const grounds = { observed: has, expected: { atMost: limit } }
    if (has === null) return unsure(`Lambda did not show the execution timeout of function ${name}`, grounds)
    return has > limit
      ? bad({ name, has, limit, durable }, grounds)
      : good(`Durable executions of function ${name} take ${has} s at most; up to ${limit} s work.`, grounds)
  },
  message: ({ name, has, limit }) =>
    `Durable executions of function ${name} may take ${has} s, but for a queue no more than ${limit} s.`,
  fix: ({ name, limit, durable: { retentionDays, keyArn } }, context) => {
    const config = {
      ExecutionTimeout: limit,
      ...(retentionDays === null ? {} : { RetentionPeriodInDays: retentionDays }),
      ...(keyArn === null ? {} : { KMSKeyArn: keyArn }),
    }
    const words = ['--function-name', name, '--durable-config', JSON.stringify(config)]
    const summary = `Lower it to ${limit} s, then publish a version and name that. For longer work, let another function read from ${context.queueName} and start ${name} asynchronously.`
    return awsFix(context, summary, 'lambda', 'update-function-configuration', ...words)
  },
})
