import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam'
import { type ErrorCode, SqsTriggerError } from '../errors.js'
import type { NamedPolicy } from '../permissions/request.js'
import type { Clients } from './clients.js'
import { readPages } from './iam-pages.js'
import { send } from './send.js'

/** A policy; for one that could not be read, with the IAM action that would have shown it. */
export interface ReadPolicy extends NamedPolicy {
  readonly permission?: string | undefined
}

/**
 * Reads all identity policies of a role: inline and attached. The lists are asked for at once, the policies themselves
 * when `wanted` says so; default: at once.
 * What is refused stands as `unreadable` beside the rest: a Deny that was read decides all the same.
 * @throws SqsTriggerError ACCESS_DENIED when nothing at all could be read, NOT_FOUND when the role is gone
 */
export async function readRolePolicies(
  clients: Clients,
  RoleName: string,
  wanted: Promise<void> = Promise.resolve(),
): Promise<readonly ReadPolicy[]> {
  const inline = readPages(
    clients,
    'ListRolePolicies',
    (Marker) => clients.iam.send(new ListRolePoliciesCommand({ RoleName, Marker })),
    (page) => page.PolicyNames,
  )
  const attached = readPages(
    clients,
    'ListAttachedRolePolicies',
    (Marker) => clients.iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
    (page) => page.AttachedPolicies,
  )
  const read = (PolicyName: string) => () =>
    clients.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))
  const whenWanted = <Item>(list: Promise<Item>) => Promise.all([list, wanted]).then(([items]) => items)
  return documentsOf(clients, {
    holder: `role ${RoleName}`,
    inline: whenWanted(inline),
    attached: whenWanted(attached),
    operation: 'GetRolePolicy',
    read,
  })
}

/**
 * Reads all identity policies of a user, those of the user's groups included; see readRolePolicies.
 * @throws SqsTriggerError ACCESS_DENIED when nothing at all could be read, NOT_FOUND when IAM does not know the user
 */
export async function readUserPolicies(clients: Clients, UserName: string): Promise<readonly ReadPolicy[]> {
  const inline = readPages(
    clients,
    'ListUserPolicies',
    (Marker) => clients.iam.send(new ListUserPoliciesCommand({ UserName, Marker })),
    (page) => page.PolicyNames,
  )
  const attached = readPages(
    clients,
    'ListAttachedUserPolicies',
    (Marker) => clients.iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
    (page) => page.AttachedPolicies,
  )
  const groups = readPages(
    clients,
    'ListGroupsForUser',
    (Marker) => clients.iam.send(new ListGroupsForUserCommand({ UserName, Marker })),
    (page) => page.Groups,
  )
  const own = documentsOf(clients, {
    holder: `user ${UserName}`,
    inline,
    attached,
    operation: 'GetUserPolicy',
    read: (PolicyName) => () => clients.iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  })
  const ofGroups = groups.then((all) =>
    Promise.all(
      all.map(({ GroupName = '' }) =>
        readGroupPolicies(clients, GroupName).catch((error) =>
          unreadable(`those of group ${GroupName}`, error),
        ),
      ),
    ),
  )
  return whatCouldBeRead([
    [`those of user ${UserName}`, own],
    [`those of the groups of ${UserName}`, ofGroups.then((all) => all.flat())],
  ])
}

async function readGroupPolicies(clients: Clients, GroupName: string): Promise<readonly ReadPolicy[]> {
  const inline = readPages(
    clients,
    'ListGroupPolicies',
    (Marker) => clients.iam.send(new ListGroupPoliciesCommand({ GroupName, Marker })),
    (page) => page.PolicyNames,
  )
  const attached = readPages(
    clients,
    'ListAttachedGroupPolicies',
    (Marker) => clients.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker })),
    (page) => page.AttachedPolicies,
  )
  return documentsOf(clients, {
    holder: `group ${GroupName}`,
    inline,
    attached,
    operation: 'GetGroupPolicy',
    read: (PolicyName) => () => clients.iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  })
}

/**
 * Reads the default version of a managed policy: a permissions boundary, or one that is attached. Only GetPolicy says
 * which version that is; most policies never had another than v1, so v1 is asked for at the same time, and used only
 * when it turns out to be the default: one round trip instead of two.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND
 */
export async function readManagedPolicy(clients: Clients, PolicyArn: string): Promise<ReadPolicy> {
  const readVersion = (VersionId: string | undefined) =>
    send(clients, { service: 'iam', operation: 'GetPolicyVersion' }, () =>
      clients.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId })),
    )
  const [policy, first] = await Promise.allSettled([
    send(clients, { service: 'iam', operation: 'GetPolicy' }, () =>
      clients.iam.send(new GetPolicyCommand({ PolicyArn })),
    ),
    readVersion('v1'),
  ])
  if (policy.status === 'rejected') throw policy.reason
  const wanted = policy.value.Policy?.DefaultVersionId
  const isFirst = wanted === 'v1' && first.status === 'fulfilled'
  const version = isFirst ? first.value : await readVersion(wanted)
  return { name: PolicyArn, document: version.PolicyVersion?.Document ?? '' }
}

/**
 * The ARN of a user's permissions boundary, if there is one.
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function readUserBoundary(clients: Clients, UserName: string): Promise<string | undefined> {
  const answer = await send(clients, { service: 'iam', operation: 'GetUser' }, () =>
    clients.iam.send(new GetUserCommand({ UserName })),
  )
  return answer.User?.PermissionsBoundary?.PermissionsBoundaryArn
}

interface Sources {
  readonly holder: string
  readonly inline: Promise<readonly string[]>
  readonly attached: Promise<readonly { readonly PolicyArn?: string | undefined }[]>
  readonly operation: string
  readonly read: (policyName: string) => () => Promise<{ readonly PolicyDocument?: string | undefined }>
}

async function documentsOf(clients: Clients, sources: Sources): Promise<readonly ReadPolicy[]> {
  const { holder, operation } = sources
  const inline = sources.inline.then((names) =>
    Promise.all(
      names.map((name) =>
        send(clients, { service: 'iam', operation }, sources.read(name))
          .then((answer): readonly ReadPolicy[] => [{ name, document: answer.PolicyDocument ?? '' }])
          .catch((error) => goneOrUnreadable(name, error)),
      ),
    ),
  )
  const attached = sources.attached.then((policies) =>
    Promise.all(
      policies.map(({ PolicyArn = '' }) =>
        readManagedPolicy(clients, PolicyArn)
          .then((policy): readonly ReadPolicy[] => [policy])
          .catch((error) => goneOrUnreadable(PolicyArn, error)),
      ),
    ),
  )
  return whatCouldBeRead([
    [`the inline ones of ${holder}`, inline.then((all) => all.flat())],
    [`the attached ones of ${holder}`, attached.then((all) => all.flat())],
  ])
}

type Source = readonly [what: string, read: Promise<readonly ReadPolicy[]>]

/**
 * The policies of every source; one that was refused stands as a policy that nobody can read. When all were refused
 * the first refusal is thrown: it says more than a list of gaps.
 */
async function whatCouldBeRead(sources: readonly Source[]): Promise<readonly ReadPolicy[]> {
  const results = await Promise.allSettled(sources.map(([, read]) => read))
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  if (refusals.length === results.length) throw refusals[0]
  return results.flatMap((result, index) =>
    result.status === 'fulfilled' ? result.value : unreadable(sources[index]?.[0] ?? '', result.reason),
  )
}

/** Rethrows what is more than a refusal of one read: nobody is signed in, nothing answers, the principal is gone. */
function unreadable(name: string, error: unknown): readonly ReadPolicy[] {
  if (!(error instanceof SqsTriggerError) || !refusals.has(error.code)) throw error
  return [gap(name, error)]
}

function gap(name: string, { code, aws, message }: SqsTriggerError): ReadPolicy {
  const permission = aws && `${aws.service}:${aws.operation}`
  const refused = code === 'ACCESS_DENIED' && permission !== undefined
  const why = refused ? `${permission} was refused` : `policy ${name}: ${message.replace(/\.$/, '')}`
  return { name, document: 'unreadable', why, permission }
}

/** A policy that was listed and is gone a moment later: nobody knows what stands in its place. */
function goneOrUnreadable(name: string, error: unknown): readonly ReadPolicy[] {
  const gone = error instanceof SqsTriggerError && error.code === 'NOT_FOUND'
  return gone ? [gap(name, error)] : unreadable(name, error)
}

const refusals: ReadonlySet<ErrorCode> = new Set([
  'ACCESS_DENIED',
  'THROTTLED',
  'REJECTED_BY_AWS',
  'AWS_FAILED',
])
