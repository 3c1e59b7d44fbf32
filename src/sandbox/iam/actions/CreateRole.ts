import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { optionalInteger, optionalText, policyText, requiredName, tagList } from '../input.js'
import { iamArn, requireAttachable } from '../require-entity.js'
import { roleShape } from '../shapes.js'
import { findRole, type IamRole } from '../state.js'
import { roleId } from '../unique-id.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export default defineAction({
  service: 'iam',
  name: 'CreateRole',
  decode: (raw) => ({
    name: requiredName(raw, 'RoleName'),
    path: optionalText(raw, 'Path') ?? '/',
    trustPolicy: policyText(raw, 'AssumeRolePolicyDocument', 'trust'),
    description: optionalText(raw, 'Description'),
    maxSessionSeconds: optionalInteger(raw, 'MaxSessionDuration', [3600, 43_200]) ?? 3600,
    boundaryArn: optionalText(raw, 'PermissionsBoundary'),
    tags: tagList(raw),
  }),
  needs: ({ name, path, boundaryArn }, call) => [
    {
      action: 'iam:CreateRole',
      resource: iamArn(call, `role${path}${name}`),
      ...(boundaryArn === undefined ? {} : { facts: { 'iam:PermissionsBoundary': [boundaryArn] } }),
    },
  ],
  run: (input, call) => {
    const { world, principal } = call
    if (input.boundaryArn !== undefined) requireAttachable(call, input.boundaryArn)
    if (findRole(world.iam, principal.account, input.name)) {
      throw new AwsFault('EntityAlreadyExists', `Role with name ${input.name} already exists.`, {
        status: 409,
      })
    }
    const role: IamRole = {
      ...input,
      account: principal.account,
      arn: iamArn(call, `role${input.path}${input.name}`),
      id: roleId(),
      createdAt: world.clock.now(),
      inline: new Map(),
      attached: new Set(),
    }
    world.iam.roles.set(role.arn, role)
    return { Role: roleShape(role) }
  },
})
