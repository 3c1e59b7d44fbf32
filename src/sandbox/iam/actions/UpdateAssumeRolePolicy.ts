import { defineAction } from '../../define-action.js'
import { policyText, requiredName } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'
import { keepFormer } from '../role-lag.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'UpdateAssumeRolePolicy',
  decode: (raw) => ({
    name: requiredName(raw, 'RoleName'),
    trustPolicy: policyText(raw, 'PolicyDocument', 'trust'),
  }),
  needs: ({ name }, call) => [{ action: 'iam:UpdateAssumeRolePolicy', resource: roleArn(call, name) }],
  run: ({ name, trustPolicy }, call) => {
    const role = requireRole(call, name)
    keepFormer(call, role)
    role.trustPolicy = trustPolicy
  },
})
