import { defineAction } from '../../define-action.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { groupArn, requireGroup } from '../require-entity.js'

/** Names of the inline policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html */
export default defineAction({
  service: 'iam',
  name: 'ListGroupPolicies',
  decode: (raw) => ({ name: requiredName(raw, 'GroupName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListGroupPolicies', resource: groupArn(call, name) }],
  run: ({ name, page }, call) => {
    const { items, end } = pageOf([...requireGroup(call, name).inline.keys()], page)
    return { PolicyNames: items, ...end }
  },
})
