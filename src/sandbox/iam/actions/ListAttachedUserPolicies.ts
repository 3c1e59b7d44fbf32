import { defineAction } from '../../define-action.js'
import { attachedOf } from '../attached-policies.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { requireUser, userArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export default defineAction({
  service: 'iam',
  name: 'ListAttachedUserPolicies',
  decode: (raw) => ({ name: requiredName(raw, 'UserName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListAttachedUserPolicies', resource: userArn(call, name) }],
  run: ({ name, page }, call) => {
    const { items, end } = pageOf(attachedOf(call, requireUser(call, name)), page)
    return { AttachedPolicies: items, ...end }
  },
})
