import { defineAction } from '../../define-action.js'
import { roleBoundaryFact } from '../boundary-fact.js'
import { deleteInline } from '../inline-policies.js'
import { requiredName } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'
import { keepFormer } from '../role-lag.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'DeleteRolePolicy',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName'), policyName: requiredName(raw, 'PolicyName') }),
  needs: ({ name }, call) => [
    { action: 'iam:DeleteRolePolicy', resource: roleArn(call, name), facts: roleBoundaryFact(call, name) },
  ],
  run: ({ name, policyName }, call) => {
    const role = requireRole(call, name)
    keepFormer(call, role)
    deleteInline(role, 'role', policyName)
  },
})
