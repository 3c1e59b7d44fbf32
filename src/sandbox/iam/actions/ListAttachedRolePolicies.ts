import { defineAction } from '../../define-action.js'
import { attachedOf } from '../attached-policies.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { requireRole, roleArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export default defineAction({
  service: 'iam',
  name: 'ListAttachedRolePolicies',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListAttachedRolePolicies', resource: roleArn(call, name) }],
  run: ({ name, page }, call) => {
    const { items, end } = pageOf(attachedOf(call, requireRole(call, name)), page)
    return { AttachedPolicies: items, ...end }
  },
})
