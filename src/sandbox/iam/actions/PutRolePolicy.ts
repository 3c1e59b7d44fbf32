import { defineAction } from '../../define-action.js'
import { roleBoundaryFact } from '../boundary-fact.js'
import { putInline } from '../inline-policies.js'
import { policyText, requiredName } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'
import { keepFormer } from '../role-lag.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'PutRolePolicy',
  decode: (raw) => ({
    name: requiredName(raw, 'RoleName'),
    policyName: requiredName(raw, 'PolicyName'),
    document: policyText(raw),
  }),
  needs: ({ name }, call) => [
    { action: 'iam:PutRolePolicy', resource: roleArn(call, name), facts: roleBoundaryFact(call, name) },
  ],
  run: ({ name, policyName, document }, call) => {
    const role = requireRole(call, name)
    keepFormer(call, role)
    putInline(role, 'role', policyName, document)
  },
})
