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
import { send } from './send.js'

/** Every list here is followed to its end: a Deny may stand on the last page. */
interface Page {
  readonly IsTruncated?: boolean | undefined
  readonly Marker?: string | undefined
}

/**
 * Reads all identity policies of a role: inline and attached.
 * What is refused stands as `unreadable` beside the rest: a Deny that was read decides all the same.
 * @throws SqsTriggerError ACCESS_DENIED when nothing at all could be read, NOT_FOUND when the role is gone
 */
export async function readRolePolicies(clients: Clients, RoleName: string): Promise<readonly NamedPolicy[]> {
  const { iam } = clients
  const inline = pages(clients, 'ListRolePolicies', (Marker) =>
    iam.send(new ListRolePoliciesCommand({ RoleName, Marker })),
  )
  const attached = pages(clients, 'ListAttachedRolePolicies', (Marker) =>
    iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
  )
  const read = (PolicyName: string) => () => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))
  return documentsOf(clients, {
    holder: `role ${RoleName}`,
    inline: inline.then((all) => all.flatMap((page) => page.PolicyNames ?? [])),
    attached: attached.then((all) => all.flatMap((page) => page.AttachedPolicies ?? [])),
    operation: 'GetRolePolicy',
    read,
  })
}

/**
 * Reads all identity policies of a user, those of the user's groups included; see readRolePolicies.
 * @throws SqsTriggerError ACCESS_DENIED when nothing at all could be read, NOT_FOUND when IAM does not know the user
 */
export async function readUserPolicies(clients: Clients, UserName: string): Promise<readonly NamedPolicy[]> {
  const { iam } = clients
  const inline = pages(clients, 'ListUserPolicies', (Marker) =>
    iam.send(new ListUserPoliciesCommand({ UserName, Marker })),
  )
  const attached = pages(clients, 'ListAttachedUserPolicies', (Marker) =>
    iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
  )
  const groups = pages(clients, 'ListGroupsForUser', (Marker) =>
    iam.send(new ListGroupsForUserCommand({ UserName, Marker })),
  )
  const own = documentsOf(clients, {
    holder: `user ${UserName}`,
    inline: inline.then((all) => all.flatMap((page) => page.PolicyNames ?? [])),
    attached: attached.then((all) => all.flatMap((page) => page.AttachedPolicies ?? [])),
    operation: 'GetUserPolicy',
    read: (PolicyName) => () => iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  })
  const ofGroups = groups.then((all) =>
    Promise.all(
      all
        .flatMap((page) => page.Groups ?? [])
        .map(({ GroupName = '' }) =>
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

async function readGroupPolicies(clients: Clients, GroupName: string): Promise<readonly NamedPolicy[]> {
  const { iam } = clients
  const inline = pages(clients, 'ListGroupPolicies', (Marker) =>
    iam.send(new ListGroupPoliciesCommand({ GroupName, Marker })),
  )
  const attached = pages(clients, 'ListAttachedGroupPolicies', (Marker) =>
    iam.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker })),
  )
  return documentsOf(clients, {
    holder: `group ${GroupName}`,
    inline: inline.then((all) => all.flatMap((page) => page.PolicyNames ?? [])),
    attached: attached.then((all) => all.flatMap((page) => page.AttachedPolicies ?? [])),
    operation: 'GetGroupPolicy',
    read: (PolicyName) => () => iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  })
}

/**
 * Reads the default version of a managed policy: a permissions boundary, or one that is attached. Only GetPolicy says
 * which version that is; most policies never had another than v1, so v1 is asked for at the same time, and used only
 * when it turns out to be the default: one round trip instead of two.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND
 */
export async function readManagedPolicy(clients: Clients, PolicyArn: string): Promise<NamedPolicy> {
  const { iam } = clients
  const readVersion = (VersionId: string | undefined) =>
    send(clients, { service: 'iam', operation: 'GetPolicyVersion' }, () =>
      iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId })),
    )
  const [policy, first] = await Promise.allSettled([
    send(clients, { service: 'iam', operation: 'GetPolicy' }, () =>
      iam.send(new GetPolicyCommand({ PolicyArn })),
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

async function documentsOf(clients: Clients, sources: Sources): Promise<readonly NamedPolicy[]> {
  const { holder, operation } = sources
  const inline = sources.inline.then((names) =>
    Promise.all(
      names.map((name) =>
        send(clients, { service: 'iam', operation }, sources.read(name))
          .then((answer): readonly NamedPolicy[] => [{ name, document: answer.PolicyDocument ?? '' }])
          .catch((error) => goneOrUnreadable(name, error)),
      ),
    ),
  )
  const attached = sources.attached.then((policies) =>
    Promise.all(
      policies.map(({ PolicyArn = '' }) =>
        readManagedPolicy(clients, PolicyArn)
          .then((policy): readonly NamedPolicy[] => [policy])
          .catch((error) => goneOrUnreadable(PolicyArn, error)),
      ),
    ),
  )
  return whatCouldBeRead([
    [`the inline ones of ${holder}`, inline.then((all) => all.flat())],
    [`the attached ones of ${holder}`, attached.then((all) => all.flat())],
  ])
}

type Source = readonly [what: string, read: Promise<readonly NamedPolicy[]>]

/**
 * The policies of every source; one that was refused stands as a policy that nobody can read. When all were refused
 * the first refusal is thrown: it says more than a list of gaps.
 */
async function whatCouldBeRead(sources: readonly Source[]): Promise<readonly NamedPolicy[]> {
  const results = await Promise.allSettled(sources.map(([, read]) => read))
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  if (refusals.length === results.length) throw refusals[0]
  return results.flatMap((result, index) =>
    result.status === 'fulfilled' ? result.value : unreadable(sources[index]?.[0] ?? '', result.reason),
  )
}

/** Rethrows what is more than a refusal of one read: nobody is signed in, nothing answers, the principal is gone. */
function unreadable(name: string, error: unknown): readonly NamedPolicy[] {
  if (!(error instanceof SqsTriggerError) || !refusals.has(error.code)) throw error
  return [gap(name, error)]
}

function gap(name: string, { code, aws, message }: SqsTriggerError): NamedPolicy {
  const refused = code === 'ACCESS_DENIED' && aws !== undefined
  const why = refused
    ? `${aws.service}:${aws.operation} was refused`
    : `policy ${name}: ${message.replace(/\.$/, '')}`
  return { name, document: 'unreadable', why }
}

/** A policy that was listed and is gone a moment later: nobody knows what stands in its place. */
function goneOrUnreadable(name: string, error: unknown): readonly NamedPolicy[] {
  const gone = error instanceof SqsTriggerError && error.code === 'NOT_FOUND'
  return gone ? [gap(name, error)] : unreadable(name, error)
}

const refusals: ReadonlySet<ErrorCode> = new Set([
  'ACCESS_DENIED',
  'THROTTLED',
  'REJECTED_BY_AWS',
  'AWS_FAILED',
])

async function pages<Answer extends Page>(
  clients: Clients,
  operation: string,
  ask: (marker: string | undefined) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const all: Answer[] = []
  let marker: string | undefined
  do {
    const asked = marker
    const page = await send(clients, { service: 'iam', operation }, () => ask(asked))
    all.push(page)
    marker = page.IsTruncated ? page.Marker : undefined
  } while (marker !== undefined)
  return all
}
