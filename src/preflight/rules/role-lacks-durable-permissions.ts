import { roleNameOf } from '../../arn.js'
import { denied, granted } from '../examples/judgements.js'
import { advice, awsFix } from '../fix.js'
import { permissionOutcome } from '../permission-outcome.js'
import { defineRule, skip } from '../rule.js'
import { whoMustAct } from '../who-must-act.js'

const durable = { executionTimeoutSeconds: 600, retentionDays: 14, keyArn: null }

export default defineRule({
  slug: 'role-lacks-durable-permissions',
  group: 'function',
  title: 'The execution role may not keep the state of durable executions',
  severity: 'error',
  enforcedByAws: false,
  subject: 'role',
  needs: ['lambdaFunction', 'role lambda:CheckpointDurableExecution', 'role lambda:GetDurableExecutionState'],
  why: 'A durable function writes checkpoints and reads them back with its execution role. Without both rights each execution fails, and the messages come back.',
  example: {
    bad: { lambdaFunction: { durable }, 'role lambda:CheckpointDurableExecution': denied },
    good: { lambdaFunction: { durable }, 'role lambda:CheckpointDurableExecution': granted },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicDurableExecutionRolePolicy.html',
  ],
  judge: (facts, { functionArn, roleArn }) => {
    const { name, durable } = facts.lambdaFunction
    if (durable === null) return skip(`Function ${name} is not durable.`)
    return permissionOutcome(
      [
        ['lambda:CheckpointDurableExecution', facts['role lambda:CheckpointDurableExecution']],
        ['lambda:GetDurableExecutionState', facts['role lambda:GetDurableExecutionState']],
      ],
      functionArn,
      `Role ${roleNameOf(roleArn ?? '')} may write and read the state of durable executions.`,
    )
  },
  message: ({ actions, judgement }, { roleArn, functionName }) =>
    `Role ${roleNameOf(roleArn ?? '')} of durable function ${functionName} may not call ${actions.join(' and ')}: ${judgement.decision.reason}.`,
  fix: ({ judgement, actions }, context) => {
    const roleName = roleNameOf(context.roleArn ?? '')
    const about = { holder: `role ${roleName}`, actions, owner: 'Whoever owns it' }
    const others = whoMustAct(judgement.decision.evidence, about)
    if (others !== undefined) return advice(others)
    const policyArn = `arn:${context.functionArn.split(':')[1]}:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy`
    const words = ['iam', 'attach-role-policy', '--role-name', roleName, '--policy-arn', policyArn]
    return awsFix(context, `Attach AWS's managed policy for durable functions to role ${roleName}.`, ...words)
  },
})
