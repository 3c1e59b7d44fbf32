import { defineAction } from '../../define-action.js'
import { getInline } from '../inline-policies.js'
import { requiredName } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'GetRolePolicy',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName'), policyName: requiredName(raw, 'PolicyName') }),
  needs: ({ name }, call) => [{ action: 'iam:GetRolePolicy', resource: roleArn(call, name) }],
  run: ({ name, policyName }, call) => {
    const role = requireRole(call, name)
    return { RoleName: role.name, ...getInline(role, 'role', policyName) }
  },
})
