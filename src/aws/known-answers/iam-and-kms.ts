import type { KnownAnswer } from './known-answer.js'
import { command, operation, reason, serviceTitle, where, withStop } from './words.js'

const roleIn = (text: string) => /role with name ([\w+=,.@-]+)/.exec(text)?.[1]

/** What IAM, KMS and CloudWatch Logs say when they are asked directly. */
export const iamAndKmsAnswers: readonly KnownAnswer[] = [
  {
    slug: 'iam-entity-not-found',
    title: 'IAM knows no such role, user or policy',
    code: 'NOT_FOUND',
    says: 'The user with name dev cannot be found.',
    when: [
      { names: /^NoSuchEntity(?:Exception)?$/ },
      { text: /^The (?:user|role|group) with name \S+ cannot be found/ },
      { text: /^Policy arn:\S+ (?:was not found|does not exist or is not attachable)/ },
    ],
    rule: ({ input }) => (roleIn(input) === undefined ? undefined : 'role-not-found'),
    message: (_, { input }) => (input === '' ? 'IAM knows no such thing.' : withStop(input)),
    hint: (call, { input }) => {
      const [, policy] = /^Policy (arn:\S+)/.exec(input) ?? []
      if (policy) {
        return `Check the ARN: policies of AWS have aws in place of the account. This looks it up:\n${command('aws', call, 'iam', 'get-policy', '--policy-arn', policy)}`
      }
      const what = /^The user/.test(input) ? 'list-users' : 'list-roles'
      const names = what === 'list-users' ? 'Users[].UserName' : 'Roles[].RoleName'
      return `Check the name and the account. Those that there are:\n${command('aws', call, 'iam', what, '--query', names)}`
    },
  },
  {
    slug: 'policy-malformed',
    title: 'A policy document is not valid',
    code: 'REJECTED_BY_AWS',
    says: 'This policy contains invalid Json',
    when: [
      { names: /^MalformedPolicyDocument(?:Exception)?$/ },
      { text: /^This policy contains invalid Json/ },
    ],
    message: (_, { input }) => `IAM does not take the policy${reason(input)}`,
    hint: (call) =>
      `Have the document checked:\n${command(
        'aws',
        call,
        ...['accessanalyzer', 'validate-policy', '--policy-type', 'IDENTITY_POLICY'],
        ...['--policy-document', 'file://policy.json'],
      )}`,
  },
  {
    slug: 'iam-entity-exists',
    title: 'IAM has something of that name already',
    code: 'CONFLICT',
    when: [{ names: /^EntityAlreadyExists(?:Exception)?$/ }],
    message: (_, { input }) => `IAM has something of that name already${reason(input)}`,
    hint: () => 'Use what is there, or take another name.',
  },
  {
    slug: 'iam-delete-conflict',
    title: 'Something still hangs on what is to be deleted',
    code: 'CONFLICT',
    when: [{ names: /^DeleteConflict(?:Exception)?$/ }],
    message: (_, { input }) => `IAM does not delete it yet${reason(input)}`,
    hint: () => 'Take off what is attached to it first: policies, instance profiles, keys.',
  },
  {
    slug: 'iam-limit-exceeded',
    title: 'A limit of IAM is reached',
    code: 'REJECTED_BY_AWS',
    says: 'Maximum policy size of 10240 bytes exceeded for role worker-role',
    when: [
      { names: /^LimitExceeded(?:Exception)?$/ },
      { text: /^Maximum policy size of \d+ bytes exceeded for / },
    ],
    message: (_, { input }) => `A limit of IAM is reached${reason(input)}`,
    hint: () => 'Remove what is not needed, or put the permissions into a managed policy.',
  },
  {
    slug: 'iam-role-protected',
    title: 'AWS alone may change the role',
    code: 'REJECTED_BY_AWS',
    when: [
      { names: /^UnmodifiableEntity(?:Exception)?$/ },
      { text: /^Cannot perform the operation on the protected role\b/ },
    ],
    message: (_, { input }) => `AWS alone may change this role${reason(input)}`,
    hint: () =>
      'Give the function an execution role of its own; what a role of IAM Identity Center may do is changed in its permission set.',
  },
  {
    slug: 'input-invalid',
    title: 'The service does not take a value of the call',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^ValidationError$/ }],
    message: (call, { input }) =>
      `${serviceTitle(call)} does not take a value of ${operation(call)}${reason(input)}`,
    hint: () => 'Give a value that keeps to what AWS says here.',
  },
  {
    slug: 'kms-key-not-found',
    title: 'KMS knows no such key in this Region',
    code: 'NOT_FOUND',
    says: "Key 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' does not exist",
    when: [
      { names: /^NotFoundException$/ },
      { text: /^(?:Invalid keyId '|Key '[^']*' does not exist|Invalid arn [a-z]{2}[\w-]*$)/ },
    ],
    rule: () => 'key-not-usable',
    message: (_, { input }) => `KMS knows no such key here${reason(input)}`,
    hint: (call) =>
      `A key serves one Region and is named by its ARN, id or alias/<name>:\n${command('aws', call, 'kms', 'list-aliases')}`,
  },
  {
    slug: 'kms-arn-invalid',
    title: 'That is not the ARN of a key',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^InvalidArnException$/ }],
    rule: () => 'key-not-usable',
    message: (_, { input }) => `KMS does not take that ARN${reason(input)}`,
    hint: (call) =>
      `Give the ARN of the key, or alias/<name>. The keys with a name${where(call)}:\n${command('aws', call, 'kms', 'list-aliases')}`,
  },
  {
    slug: 'log-group-not-found',
    title: 'The function never ran, or its role may not write logs',
    code: 'NOT_FOUND',
    says: 'The specified log group does not exist.',
    when: [{ text: /^The specified log group does not exist/ }],
    rule: () => 'role-lacks-log-permissions',
    message: () => 'There is no such log group: the function never ran, or its role may not write logs.',
    hint: (call) =>
      `A function has a log group once it ran, and its role may write there. The groups that there are${where(call)}:\n${command('aws', call, 'logs', 'describe-log-groups', '--log-group-name-prefix', '/aws/lambda/')}`,
  },
]
