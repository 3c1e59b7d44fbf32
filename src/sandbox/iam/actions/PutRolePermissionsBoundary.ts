import { defineAction } from '../../define-action.js'
import { requiredName, requiredText } from '../input.js'
import { requireAttachable, requireRole, roleArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export default defineAction({
  service: 'iam',
  name: 'PutRolePermissionsBoundary',
  decode: (raw) => ({
    name: requiredName(raw, 'RoleName'),
    boundaryArn: requiredText(raw, 'PermissionsBoundary'),
  }),
  needs: ({ name, boundaryArn }, call) => [
    {
      action: 'iam:PutRolePermissionsBoundary',
      resource: roleArn(call, name),
      facts: { 'iam:PermissionsBoundary': [boundaryArn] },
    },
  ],
  run: ({ name, boundaryArn }, call) => {
    const role = requireRole(call, name)
    requireAttachable(call, boundaryArn)
    role.boundaryArn = boundaryArn
  },
})
