import { defineAction } from '../../define-action.js'
import { optionalText } from '../input.js'
import { pageOf, pageRequest } from '../paging.js'
import { iamArn } from '../require-entity.js'
import { roleShape } from '../shapes.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export default defineAction({
  service: 'iam',
  name: 'ListRoles',
  decode: (raw) => ({ pathPrefix: optionalText(raw, 'PathPrefix') ?? '/', page: pageRequest(raw) }),
  needs: ({ pathPrefix }, call) => [{ action: 'iam:ListRoles', resource: iamArn(call, `role${pathPrefix}`) }],
  run: ({ pathPrefix, page }, { world, principal }) => {
    const roles = [...world.iam.roles.values()]
      .filter((role) => role.account === principal.account && role.path.startsWith(pathPrefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const { items, end } = pageOf(roles, page)
    // As AWS does: a list shows neither tags nor the boundary.
    return {
      Roles: items.map((role) => ({
        ...roleShape({ ...role, tags: new Map(), boundaryArn: undefined }),
        MaxSessionDuration: role.maxSessionSeconds,
      })),
      ...end,
    }
  },
})
