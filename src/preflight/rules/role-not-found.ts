import { roleNameOf } from '../../arn.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'role-not-found',
  group: 'role',
  title: 'The function’s execution role does not exist',
  severity: 'error',
  enforcedByAws: true,
  subject: 'role',
  needs: ['roleExists', 'lambdaFunction'],
  why: 'Lambda polls and runs with this role. A role of the same name made again is another role to AWS: the function must be given it anew.',
  example: { bad: { roleExists: false }, good: { roleExists: true } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html'],
  judge: ({ roleExists, lambdaFunction: { roleArn } }) => {
    const grounds = { observed: roleExists, expected: true }
    return roleExists ? good(`Role ${roleNameOf(roleArn)} exists.`, grounds) : bad({ roleArn }, grounds)
  },
  message: ({ roleArn }, { functionName }) => `Role ${roleArn} of function ${functionName} does not exist.`,
  fix: (_, { functionName }) => advice(`Give function ${functionName} a role that exists.`),
})
