import { awsFix } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'durable-function-unqualified',
  group: 'function',
  title: 'A durable function is named without version or alias',
  severity: 'error',
  enforcedByAws: false,
  subject: 'function',
  needs: ['lambdaFunction', 'placement'],
  why: 'A durable execution that is replayed must find the code that it began with. So a durable function can only be called by version or alias.',
  example: {
    bad: {
      lambdaFunction: { durable: { executionTimeoutSeconds: 600, retentionDays: 14, keyArn: null } },
    },
    good: {
      lambdaFunction: { durable: { executionTimeoutSeconds: 600, retentionDays: 14, keyArn: null } },
      placement: {
        function: {
          arn: 'arn:aws:lambda:eu-central-1:111122223333:function:worker:live',
          unqualifiedArn: 'arn:aws:lambda:eu-central-1:111122223333:function:worker',
          partition: 'aws',
          region: 'eu-central-1',
          account: '111122223333',
          name: 'worker',
          qualifier: 'live',
        },
      },
    },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html',
  ],
  judge: ({ lambdaFunction: { name, durable }, placement }) => {
    if (durable === null) return skip(`Function ${name} is not durable.`)
    const { qualifier } = placement.function
    const grounds = { observed: qualifier ?? null, expected: 'a version or alias' }
    return qualifier === undefined
      ? bad({ name }, grounds)
      : good(`Function ${name} is named with its version or alias ${qualifier}.`, grounds)
  },
  message: ({ name }) => `Function ${name} is durable, and must be named with a version or alias.`,
  fix: ({ name }, context) =>
    awsFix(
      context,
      `Name an alias, as in ${name}:live. See which there are.`,
      'lambda',
      'list-aliases',
      '--function-name',
      name,
    ),
})
