import { defineAction } from '../../define-action.js'
import { userBoundaryFact } from '../boundary-fact.js'
import { putInline } from '../inline-policies.js'
import { policyText, requiredName } from '../input.js'
import { requireUser, userArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'PutUserPolicy',
  decode: (raw) => ({
    name: requiredName(raw, 'UserName'),
    policyName: requiredName(raw, 'PolicyName'),
    document: policyText(raw),
  }),
  needs: ({ name }, call) => [
    { action: 'iam:PutUserPolicy', resource: userArn(call, name), facts: userBoundaryFact(call, name) },
  ],
  run: ({ name, policyName, document }, call) => {
    putInline(requireUser(call, name), 'user', policyName, document)
  },
})
