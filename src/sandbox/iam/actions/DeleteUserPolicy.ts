import { defineAction } from '../../define-action.js'
import { userBoundaryFact } from '../boundary-fact.js'
import { deleteInline } from '../inline-policies.js'
import { requiredName } from '../input.js'
import { requireUser, userArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'DeleteUserPolicy',
  decode: (raw) => ({ name: requiredName(raw, 'UserName'), policyName: requiredName(raw, 'PolicyName') }),
  needs: ({ name }, call) => [
    { action: 'iam:DeleteUserPolicy', resource: userArn(call, name), facts: userBoundaryFact(call, name) },
  ],
  run: ({ name, policyName }, call) => {
    deleteInline(requireUser(call, name), 'user', policyName)
  },
})
