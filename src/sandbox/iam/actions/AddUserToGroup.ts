import { defineAction } from '../../define-action.js'
import { requiredName } from '../input.js'
import { groupArn, requireGroup, requireUser } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
export default defineAction({
  service: 'iam',
  name: 'AddUserToGroup',
  decode: (raw) => ({ groupName: requiredName(raw, 'GroupName'), userName: requiredName(raw, 'UserName') }),
  needs: ({ groupName }, call) => [{ action: 'iam:AddUserToGroup', resource: groupArn(call, groupName) }],
  run: ({ groupName, userName }, call) => {
    const group = requireGroup(call, groupName)
    requireUser(call, userName).groups.add(group.name)
  },
})
