import { awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'qualifier-not-found',
  group: 'function',
  title: 'The function has no such alias or version',
  severity: 'error',
  enforcedByAws: true,
  subject: 'function',
  needs: ['qualifierExists', 'placement'],
  why: 'AWS refuses a mapping whose alias or version does not exist, with the words that it also has for a missing function.',
  example: {
    bad: {
      qualifierExists: false,
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
    good: { qualifierExists: true },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html'],
  judge: ({ qualifierExists, placement }) => {
    const { name, qualifier = '$LATEST' } = placement.function
    const grounds = { observed: qualifierExists, expected: true }
    return qualifierExists
      ? good(`Function ${name} has ${qualifier}.`, grounds)
      : bad({ name, qualifier }, grounds)
  },
  message: ({ name, qualifier }) => `Function ${name} exists, but has no alias or version ${qualifier}.`,
  fix: ({ name }, context) =>
    awsFix(context, 'See which aliases there are.', 'lambda', 'list-aliases', '--function-name', name),
})
