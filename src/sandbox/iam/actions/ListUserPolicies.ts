import { defineAction } from '../../define-action.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { requireUser, userArn } from '../require-entity.js'

/** Names of the inline policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export default defineAction({
  service: 'iam',
  name: 'ListUserPolicies',
  decode: (raw) => ({ name: requiredName(raw, 'UserName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListUserPolicies', resource: userArn(call, name) }],
  run: ({ name, page }, call) => {
    const { items, end } = pageOf([...requireUser(call, name).inline.keys()], page)
    return { PolicyNames: items, ...end }
  },
})
