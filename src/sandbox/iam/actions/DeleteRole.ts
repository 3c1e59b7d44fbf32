import { defineAction } from '../../define-action.js'
import { refuseWhileHolding } from '../delete-conflict.js'
import { requiredName } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export default defineAction({
  service: 'iam',
  name: 'DeleteRole',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName') }),
  needs: ({ name }, call) => [{ action: 'iam:DeleteRole', resource: roleArn(call, name) }],
  run: ({ name }, call) => {
    const role = requireRole(call, name)
    refuseWhileHolding(role)
    call.world.iam.roles.delete(role.arn)
  },
})
