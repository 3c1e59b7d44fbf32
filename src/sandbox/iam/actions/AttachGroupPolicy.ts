import { defineAction } from '../../define-action.js'
import { attach } from '../attached-policies.js'
import { requiredName, requiredText } from '../input.js'
import { groupArn, requireGroup } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'AttachGroupPolicy',
  decode: (raw) => ({ name: requiredName(raw, 'GroupName'), policyArn: requiredText(raw, 'PolicyArn') }),
  needs: ({ name, policyArn }, call) => [
    {
      action: 'iam:AttachGroupPolicy',
      resource: groupArn(call, name),
      facts: { 'iam:PolicyARN': [policyArn] },
    },
  ],
  run: ({ name, policyArn }, call) => {
    attach(call, requireGroup(call, name), 'group', policyArn)
  },
})
