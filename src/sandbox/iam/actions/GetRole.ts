import { defineAction } from '../../define-action.js'
import { requiredName } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'
import { roleShape } from '../shapes.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export default defineAction({
  service: 'iam',
  name: 'GetRole',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName') }),
  needs: ({ name }, call) => [{ action: 'iam:GetRole', resource: roleArn(call, name) }],
  run: ({ name }, call) => {
    const role = requireRole(call, name)
    return { Role: { ...roleShape(role), MaxSessionDuration: role.maxSessionSeconds, RoleLastUsed: {} } }
  },
})
