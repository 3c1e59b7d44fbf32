import { defineAction } from '../../define-action.js'
import { attachedOf } from '../attached-policies.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { groupArn, requireGroup } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html */
export default defineAction({
  service: 'iam',
  name: 'ListAttachedGroupPolicies',
  decode: (raw) => ({ name: requiredName(raw, 'GroupName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListAttachedGroupPolicies', resource: groupArn(call, name) }],
  run: ({ name, page }, call) => {
    const { items, end } = pageOf(attachedOf(call, requireGroup(call, name)), page)
    return { AttachedPolicies: items, ...end }
  },
})
