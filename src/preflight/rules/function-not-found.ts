import { awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'function-not-found',
  group: 'function',
  title: 'The function does not exist',
  severity: 'error',
  enforcedByAws: true,
  subject: 'function',
  needs: ['functionExists'],
  why: 'AWS refuses a mapping whose function does not exist.',
  example: { bad: { functionExists: false }, good: { functionExists: true } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html'],
  judge: ({ functionExists }, { functionName }) => {
    const grounds = { observed: functionExists, expected: true }
    return functionExists ? good(`Function ${functionName} exists.`, grounds) : bad({}, grounds)
  },
  message: (_, { functionName, region, functionArn }) =>
    `Function ${functionName} does not exist in account ${functionArn.split(':')[4]}, ${region}.`,
  fix: (_, context) =>
    awsFix(
      context,
      'See which functions there are.',
      'lambda',
      'list-functions',
      '--query',
      'Functions[].FunctionName',
    ),
})
