import { roleNameOf } from '../../arn.js'
import { jsonObjectIn } from '../../json-object.js'
import { denied, granted } from '../examples/judgements.js'
import { advice, awsFix } from '../fix.js'
import { permissionOutcome } from '../permission-outcome.js'
import { protectedRole } from '../role-fix.js'
import { bad, defineRule } from '../rule.js'

export default defineRule({
  slug: 'role-not-assumable-by-lambda',
  group: 'role',
  title: 'Lambda may not assume the function’s execution role',
  severity: 'error',
  enforcedByAws: true,
  subject: 'role',
  needs: ['roleTrust', 'role'],
  why: 'Lambda polls and runs as this role. AWS refuses a mapping whose role it cannot assume.',
  example: { bad: { roleTrust: denied }, good: { roleTrust: granted } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html'],
  judge: ({ roleTrust, role }) => {
    const judged = [['sts:AssumeRole', roleTrust]] as const
    const outcome = permissionOutcome(judged, role.arn, `Lambda may assume role ${role.name}.`)
    return outcome.kind === 'bad'
      ? bad({ ...outcome.problem, trustPolicy: role.trustPolicy }, outcome.grounds)
      : outcome
  },
  message: ({ judgement }, { roleArn, functionName }) =>
    `Lambda may not assume role ${roleNameOf(roleArn ?? '')} of function ${functionName}: ${judgement.decision.reason}.`,
  fix: ({ judgement, trustPolicy = '' }, context) => {
    const isProtected = protectedRole(context.roleArn ?? '')
    if (isProtected !== undefined) return advice(isProtected)
    const roleName = roleNameOf(context.roleArn ?? '')
    const { evidence } = judgement.decision
    if (evidence.some(({ effect }) => effect === 'Deny')) {
      const lacks = evidence.some(({ effect }) => effect === undefined)
      const more = lacks ? ', and add a statement that lets lambda.amazonaws.com assume it' : ''
      return advice(`Remove the Deny from the trust policy of role ${roleName}${more}.`)
    }
    const policy = { Version: '2012-10-17', Statement: [...statementsOf(trustPolicy), lambdaMayAssume] }
    const words = ['--role-name', roleName, '--policy-document', JSON.stringify(policy)]
    const summary = `Let Lambda assume role ${roleName}. The command writes the whole trust policy: what stands there now, and Lambda.`
    return { ...awsFix(context, summary, 'iam', 'update-assume-role-policy', ...words), policy }
  },
})

const lambdaMayAssume = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
}

/** The statements as they stand; of a document that nobody can read there is nothing to keep. */
function statementsOf(document: string): readonly unknown[] {
  try {
    const policy = jsonObjectIn(document.startsWith('%') ? decodeURIComponent(document) : document)
    const statement = policy?.Statement ?? []
    return Array.isArray(statement) ? statement : [statement]
  } catch {
    return []
  }
}
