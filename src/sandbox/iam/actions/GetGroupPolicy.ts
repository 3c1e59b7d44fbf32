import { defineAction } from '../../define-action.js'
import { getInline } from '../inline-policies.js'
import { requiredName } from '../input.js'
import { groupArn, requireGroup } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'GetGroupPolicy',
  decode: (raw) => ({ name: requiredName(raw, 'GroupName'), policyName: requiredName(raw, 'PolicyName') }),
  needs: ({ name }, call) => [{ action: 'iam:GetGroupPolicy', resource: groupArn(call, name) }],
  run: ({ name, policyName }, call) => {
    const group = requireGroup(call, name)
    return { GroupName: group.name, ...getInline(group, 'group', policyName) }
  },
})
