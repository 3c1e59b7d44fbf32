import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { optionalText, requiredName, tagList } from '../input.js'
import { iamArn, requireAttachable } from '../require-entity.js'
import { userShape } from '../shapes.js'
import { findUser, type IamUser } from '../state.js'
import { userId } from '../unique-id.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export default defineAction({
  service: 'iam',
  name: 'CreateUser',
  decode: (raw) => ({
    name: requiredName(raw, 'UserName'),
    path: optionalText(raw, 'Path') ?? '/',
    boundaryArn: optionalText(raw, 'PermissionsBoundary'),
    tags: tagList(raw),
  }),
  needs: ({ name, path }, call) => [
    { action: 'iam:CreateUser', resource: iamArn(call, `user${path}${name}`) },
  ],
  run: (input, call) => {
    const { world, principal } = call
    if (input.boundaryArn !== undefined) requireAttachable(call, input.boundaryArn)
    if (findUser(world.iam, principal.account, input.name)) {
      throw new AwsFault('EntityAlreadyExists', `User with name ${input.name} already exists.`, {
        status: 409,
        recorded: false,
      })
    }
    const user: IamUser = {
      ...input,
      account: principal.account,
      arn: iamArn(call, `user${input.path}${input.name}`),
      id: userId(),
      createdAt: world.clock.now(),
      inline: new Map(),
      attached: new Set(),
      groups: new Set(),
    }
    world.iam.users.set(user.arn, user)
    return { User: userShape(user) }
  },
})
