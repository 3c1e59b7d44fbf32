import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { optionalText, requiredName } from '../input.js'
import { iamArn } from '../require-entity.js'
import { groupShape } from '../shapes.js'
import { findGroup, type IamGroup } from '../state.js'
import { groupId } from '../unique-id.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
export default defineAction({
  service: 'iam',
  name: 'CreateGroup',
  decode: (raw) => ({ name: requiredName(raw, 'GroupName'), path: optionalText(raw, 'Path') ?? '/' }),
  needs: ({ name, path }, call) => [
    { action: 'iam:CreateGroup', resource: iamArn(call, `group${path}${name}`) },
  ],
  run: (input, call) => {
    const { world, principal } = call
    if (findGroup(world.iam, principal.account, input.name)) {
      throw new AwsFault('EntityAlreadyExists', `Group with name ${input.name} already exists.`, {
        status: 409,
        recorded: false,
      })
    }
    const group: IamGroup = {
      ...input,
      account: principal.account,
      arn: iamArn(call, `group${input.path}${input.name}`),
      id: groupId(),
      createdAt: world.clock.now(),
      inline: new Map(),
      attached: new Set(),
    }
    world.iam.groups.set(group.arn, group)
    return { Group: groupShape(group) }
  },
})
