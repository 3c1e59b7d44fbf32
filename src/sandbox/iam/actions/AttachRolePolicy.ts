import { defineAction } from '../../define-action.js'
import { attach } from '../attached-policies.js'
import { roleBoundaryFact } from '../boundary-fact.js'
import { requiredName, requiredText } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'
import { keepFormer } from '../role-lag.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'AttachRolePolicy',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName'), policyArn: requiredText(raw, 'PolicyArn') }),
  needs: ({ name, policyArn }, call) => [
    {
      action: 'iam:AttachRolePolicy',
      resource: roleArn(call, name),
      facts: { 'iam:PolicyARN': [policyArn], ...roleBoundaryFact(call, name) },
    },
  ],
  run: ({ name, policyArn }, call) => {
    const role = requireRole(call, name)
    keepFormer(call, role)
    attach(call, role, 'role', policyArn)
  },
})
