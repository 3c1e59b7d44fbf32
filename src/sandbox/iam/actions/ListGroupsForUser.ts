import { defineAction } from '../../define-action.js'
import { requiredName } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { requireGroup, requireUser, userArn } from '../require-entity.js'
import { groupShape } from '../shapes.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export default defineAction({
  service: 'iam',
  name: 'ListGroupsForUser',
  decode: (raw) => ({ name: requiredName(raw, 'UserName'), page: pageRequest(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:ListGroupsForUser', resource: userArn(call, name) }],
  run: ({ name, page }, call) => {
    const groups = [...requireUser(call, name).groups].map((group) => groupShape(requireGroup(call, group)))
    const { items, end } = pageOf(groups, page)
    return { Groups: items, ...end }
  },
})
