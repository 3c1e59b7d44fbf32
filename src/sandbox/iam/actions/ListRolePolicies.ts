import { defineAction } from '../../define-action.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { requireRole, roleArn } from '../require-entity.js'

/** Names of the inline policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export default defineAction({
  service: 'iam',
  name: 'ListRolePolicies',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListRolePolicies', resource: roleArn(call, name) }],
  run: ({ name, page }, call) => {
    const { items, end } = pageOf([...requireRole(call, name).inline.keys()], page)
    return { PolicyNames: items, ...end }
  },
})
