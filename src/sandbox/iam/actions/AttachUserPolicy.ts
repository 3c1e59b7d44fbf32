import { defineAction } from '../../define-action.js'
import { attach } from '../attached-policies.js'
import { userBoundaryFact } from '../boundary-fact.js'
import { requiredName, requiredText } from '../input.js'
import { requireUser, userArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'AttachUserPolicy',
  decode: (raw) => ({ name: requiredName(raw, 'UserName'), policyArn: requiredText(raw, 'PolicyArn') }),
  needs: ({ name, policyArn }, call) => [
    {
      action: 'iam:AttachUserPolicy',
      resource: userArn(call, name),
      facts: { 'iam:PolicyARN': [policyArn], ...userBoundaryFact(call, name) },
    },
  ],
  run: ({ name, policyArn }, call) => {
    attach(call, requireUser(call, name), 'user', policyArn)
  },
})
