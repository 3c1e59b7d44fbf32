import { defineAction } from '../../define-action.js'
import { getInline } from '../inline-policies.js'
import { requiredName } from '../input.js'
import { requireUser, userArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'GetUserPolicy',
  decode: (raw) => ({ name: requiredName(raw, 'UserName'), policyName: requiredName(raw, 'PolicyName') }),
  needs: ({ name }, call) => [{ action: 'iam:GetUserPolicy', resource: userArn(call, name) }],
  run: ({ name, policyName }, call) => {
    const user = requireUser(call, name)
    return { UserName: user.name, ...getInline(user, 'user', policyName) }
  },
})
