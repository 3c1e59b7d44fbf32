import { defineAction } from '../../define-action.js'
import { putInline } from '../inline-policies.js'
import { policyText, requiredName } from '../input.js'
import { groupArn, requireGroup } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'PutGroupPolicy',
  decode: (raw) => ({
    name: requiredName(raw, 'GroupName'),
    policyName: requiredName(raw, 'PolicyName'),
    document: policyText(raw),
  }),
  needs: ({ name }, call) => [{ action: 'iam:PutGroupPolicy', resource: groupArn(call, name) }],
  run: ({ name, policyName, document }, call) => {
    putInline(requireGroup(call, name), 'group', policyName, document)
  },
})
