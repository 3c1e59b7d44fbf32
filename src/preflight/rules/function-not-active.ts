import { advice, awsFix } from '../fix.js'
import { bad, defineRule, good, unsure } from '../rule.js'

/** The first call wakes an inactive function up, and fails: its messages come back. */
const usable: readonly string[] = ['Active', 'Inactive']

/** What AWS will call a state one day is nobody's to judge today. */
const unusable: readonly string[] = ['Pending', 'Failed', 'Deactivating', 'Deactivated', 'Deleting']

export default defineRule({
  slug: 'function-not-active',
  group: 'function',
  title: 'The function is not active',
  severity: 'error',
  enforcedByAws: false,
  subject: 'function',
  needs: ['lambdaFunction'],
  why: 'Only an active function can be invoked. A mapping would hand it messages that come back and count their receives.',
  example: {
    bad: { lambdaFunction: { state: 'Failed', stateReason: 'The subnet does not exist.' } },
    good: { lambdaFunction: { state: 'Active' } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html'],
  judge: ({ lambdaFunction: { name, state, stateReason } }) => {
    const grounds = { observed: state, expected: 'Active' }
    // So stands the unpublished code of a function on Managed Instances, of which a published version may run.
    if (state === 'ActiveNonInvocable') {
      return unsure(
        `function ${name} is ${state}: this code of it cannot be called, and whether a mapping calls other code is not documented`,
        grounds,
      )
    }
    if (!usable.includes(state) && !unusable.includes(state)) {
      return unsure(`function ${name} is ${state}, a state that this version does not know`, grounds)
    }
    return usable.includes(state)
      ? good(
          `Function ${name} is ${state}${state === 'Inactive' ? ': the first call wakes it up, and fails' : ''}.`,
          grounds,
        )
      : bad({ state, reason: stateReason }, grounds)
  },
  message: ({ state, reason }, { functionName }) =>
    `Function ${functionName} is ${state}${reason ? `: ${reason}` : '.'}`,
  fix: ({ state }, context) =>
    state === 'Pending'
      ? awsFix(
          context,
          'Wait until it is active.',
          'lambda',
          'wait',
          'function-active-v2',
          '--function-name',
          context.functionArn,
        )
      : advice('Mend the function, or deploy it again.'),
})
