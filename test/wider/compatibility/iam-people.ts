import { attached, inline, PolicyArn, policy, polls } from './iam-policies.js'
import { of } from './step.js'

const user = { UserName: 'alice' }
const group = { GroupName: 'people' }

const userOf = (UserName: string) => ({
  Path: '/',
  UserName,
  UserId: 'AIDA…',
  Arn: `arn:aws:iam::111122223333:user/${UserName}`,
  CreateDate: 'TIME+0s',
})
const shownGroup = {
  Path: '/',
  GroupName: 'people',
  GroupId: 'AGPA…',
  Arn: 'arn:aws:iam::111122223333:group/people',
  CreateDate: 'TIME+0s',
}

/** A user and a group get policies and show them; another user comes and goes. */
export const people = of('iam', [
  {
    operation: 'CreateUser',
    input: user,
    answer: {
      User: userOf('alice'),
    },
  },
  {
    operation: 'CreateAccessKey',
    input: user,
    answer: {
      AccessKey: {
        UserName: 'alice',
        AccessKeyId: 'AKIA…',
        Status: 'Active',
        SecretAccessKey: 'TOKEN',
        CreateDate: 'TIME+0s',
      },
    },
  },
  {
    operation: 'GetUser',
    input: user,
    answer: {
      User: userOf('alice'),
    },
  },
  { operation: 'AttachUserPolicy', input: { ...user, PolicyArn } },
  {
    operation: 'ListAttachedUserPolicies',
    input: user,
    answer: {
      ...attached,
    },
  },
  { operation: 'PutUserPolicy', input: { ...user, ...inline, PolicyDocument: polls } },
  { operation: 'ListUserPolicies', input: user, answer: { PolicyNames: ['inline'], IsTruncated: false } },
  {
    operation: 'GetUserPolicy',
    input: { ...user, ...inline },
    answer: {
      UserName: 'alice',
      PolicyName: 'inline',
      PolicyDocument: policy('sqs:*'),
    },
  },
  {
    operation: 'CreateGroup',
    input: group,
    answer: {
      Group: shownGroup,
    },
  },
  { operation: 'AddUserToGroup', input: { ...user, ...group } },
  {
    operation: 'ListGroupsForUser',
    input: user,
    answer: {
      Groups: [shownGroup],
      IsTruncated: false,
    },
  },
  { operation: 'AttachGroupPolicy', input: { ...group, PolicyArn } },
  {
    operation: 'ListAttachedGroupPolicies',
    input: group,
    answer: {
      ...attached,
    },
  },
  { operation: 'PutGroupPolicy', input: { ...group, ...inline, PolicyDocument: polls } },
  { operation: 'ListGroupPolicies', input: group, answer: { PolicyNames: ['inline'], IsTruncated: false } },
  {
    operation: 'GetGroupPolicy',
    input: { ...group, ...inline },
    answer: {
      GroupName: 'people',
      PolicyName: 'inline',
      PolicyDocument: policy('sqs:*'),
    },
  },
  {
    operation: 'CreateUser',
    input: { UserName: 'bob' },
    answer: {
      User: userOf('bob'),
    },
  },
  { operation: 'PutUserPolicy', input: { UserName: 'bob', ...inline, PolicyDocument: polls } },
  { operation: 'DeleteUserPolicy', input: { UserName: 'bob', ...inline } },
  { operation: 'DeleteUser', input: { UserName: 'bob' } },
])
