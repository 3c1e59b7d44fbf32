import { encodeDocument } from './inline-policies.js'
import type { IamGroup, IamRole, IamState, IamUser, ManagedPolicy } from './state.js'

/**
 * Answer members of the IAM entities: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Types.html. How long the
 * sessions of a role may be is told by those who read a role, not by CreateRole.
 */
export const roleShape = (role: IamRole) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
  Description: role.description,
  ...boundaryShape(role.boundaryArn),
  ...tagShape(role.tags),
})

export const userShape = (user: IamUser) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: user.arn,
  CreateDate: new Date(user.createdAt),
  ...boundaryShape(user.boundaryArn),
  ...tagShape(user.tags),
})

export const groupShape = (group: IamGroup) => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: group.arn,
  CreateDate: new Date(group.createdAt),
})

export const policyShape = (iam: IamState, policy: ManagedPolicy) => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount: attachmentsOf(iam, policy.arn).length,
  PermissionsBoundaryUsageCount: boundedBy(iam, policy.arn).length,
  IsAttachable: true,
  Description: policy.description,
  CreateDate: new Date(policy.createdAt),
  UpdateDate: new Date(policy.createdAt),
})

export const attachmentsOf = (iam: IamState, arn: string) =>
  [...iam.roles.values(), ...iam.users.values(), ...iam.groups.values()].filter(({ attached }) =>
    attached.has(arn),
  )

export const boundedBy = (iam: IamState, arn: string) =>
  [...iam.roles.values(), ...iam.users.values()].filter(({ boundaryArn }) => boundaryArn === arn)

const boundaryShape = (arn: string | undefined) =>
  arn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } }

const tagShape = (tags: ReadonlyMap<string, string>) =>
  tags.size === 0 ? {} : { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }
