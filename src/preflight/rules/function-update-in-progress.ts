import { advice, awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'function-update-in-progress',
  group: 'function',
  title: 'The last update of the function is not done, or failed',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'function',
  needs: ['lambdaFunction'],
  why: 'Until the update is done, the code and the settings of before go on running; timeouts and role may change under the mapping.',
  example: {
    bad: { lambdaFunction: { lastUpdateStatus: 'InProgress' } },
    good: { lambdaFunction: { lastUpdateStatus: 'Successful' } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html'],
  judge: ({ lambdaFunction: { name, lastUpdateStatus, lastUpdateReason } }) => {
    const grounds = { observed: lastUpdateStatus, expected: 'Successful' }
    return lastUpdateStatus === 'Successful'
      ? good(`No update of function ${name} is under way.`, grounds)
      : bad({ status: lastUpdateStatus, reason: lastUpdateReason }, grounds)
  },
  message: ({ status, reason }, { functionName }) =>
    `The last update of function ${functionName} is ${status}${reason ? `: ${reason}` : '.'}`,
  fix: ({ status }, context) =>
    status === 'InProgress'
      ? awsFix(
          context,
          'Wait until it is done.',
          'lambda',
          'wait',
          'function-updated-v2',
          '--function-name',
          context.functionArn,
        )
      : advice('Deploy the function again.'),
})
