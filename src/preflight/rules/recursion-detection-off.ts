import { awsFix } from '../fix.js'
import { bad, defineRule, good, unsure } from '../rule.js'

export default defineRule({
  slug: 'recursion-detection-off',
  group: 'loops',
  title: 'Lambda does not stop the function when it calls itself',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'function',
  needs: ['recursionDetection'],
  why: 'Loop detection is on by default and stops a function that calls itself through a queue after about 16 rounds. It was switched off for this function: a loop goes on, and is paid for, until somebody notices.',
  example: { bad: { recursionDetection: 'Allow' }, good: { recursionDetection: 'Terminate' } },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html',
  ],
  judge: ({ recursionDetection }, { functionName }) => {
    const grounds = { observed: recursionDetection, expected: 'Terminate' }
    if (recursionDetection === 'Allow') return bad({}, grounds)
    return recursionDetection === 'Terminate'
      ? good(`Lambda stops function ${functionName} when it sees it call itself.`, grounds)
      : unsure(
          `the loop detection of function ${functionName} is set to ${recursionDetection}, which this version does not know`,
          grounds,
        )
  },
  message: (_, { functionName }) =>
    `Function ${functionName} may call itself through a queue, and its loop detection is off (Allow).`,
  fix: (_, context) => {
    const [name = ''] = context.functionName.split(':')
    const words = ['--function-name', name, '--recursive-loop', 'Terminate']
    return awsFix(context, 'Switch it on again.', 'lambda', 'put-function-recursion-config', ...words)
  },
})
