import { roleNameOf } from '../../arn.js'
import { denied, granted } from '../examples/judgements.js'
import { advice } from '../fix.js'
import { permissionOutcome } from '../permission-outcome.js'
import { fixLogPolicy } from '../role-fix.js'
import { bad, defineRule } from '../rule.js'
import { whoMustAct } from '../who-must-act.js'

export default defineRule({
  slug: 'role-lacks-log-permissions',
  group: 'role',
  title: 'The execution role may not write the function’s log',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'role',
  needs: ['role logs:CreateLogStream', 'role logs:PutLogEvents', 'newLogGroup', 'lambdaFunction'],
  why: 'The function runs, but leaves no log: a test message cannot be proven from it, and failures have no text.',
  example: {
    bad: { 'role logs:PutLogEvents': denied },
    good: { 'role logs:CreateLogStream': granted, 'role logs:PutLogEvents': granted },
  },
  sources: [
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html',
  ],
  judge: (facts, { functionArn, roleArn }) => {
    const outcome = permissionOutcome(
      [
        ['logs:CreateLogStream', facts['role logs:CreateLogStream']],
        ['logs:PutLogEvents', facts['role logs:PutLogEvents']],
        ...(facts.newLogGroup === null ? [] : [['logs:CreateLogGroup', facts.newLogGroup] as const]),
      ],
      functionArn,
      `Role ${roleNameOf(roleArn ?? '')} may write the function's log.`,
    )
    if (outcome.kind !== 'bad') return outcome
    return bad({ ...outcome.problem, logGroup: facts.lambdaFunction.logGroup }, outcome.grounds)
  },
  message: ({ actions, judgement }, { roleArn, functionName }) =>
    `Role ${roleNameOf(roleArn ?? '')} of function ${functionName} may not call ${actions.join(actions.length === 2 ? ' and ' : ', ')}: ${judgement.decision.reason}.`,
  fix: ({ judgement, actions, logGroup }, context) => {
    const roleName = roleNameOf(context.roleArn ?? '')
    const about = { holder: `role ${roleName}`, actions, owner: 'Whoever owns it' }
    const others = whoMustAct(judgement.decision.evidence, about)
    if (others !== undefined) return advice(others)
    return fixLogPolicy(context, logGroup)
  },
})
