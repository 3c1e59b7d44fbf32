import { defineAction } from '../../define-action.js'
import { requiredName, tagList } from '../input.js'
import { requireRole, roleArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export default defineAction({
  service: 'iam',
  name: 'TagRole',
  decode: (raw) => ({ name: requiredName(raw, 'RoleName'), tags: tagList(raw) }),
  needs: ({ name }, call) => [{ action: 'iam:TagRole', resource: roleArn(call, name) }],
  run: ({ name, tags }, call) => {
    const role = requireRole(call, name)
    role.tags = new Map([...role.tags, ...tags])
  },
})
