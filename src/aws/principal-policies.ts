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
 * @throws SqsTriggerError ACCESS_DENIED for the first call that is refused: a layer that is not complete proves nothing.
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
    inline: inline.then((all) => all.flatMap((page) => page.PolicyNames ?? [])),
    attached: attached.then((all) => all.flatMap((page) => page.AttachedPolicies ?? [])),
    operation: 'GetRolePolicy',
    read,
  })
}

/**
 * Reads all identity policies of a user, those of the user's groups included.
 * @throws SqsTriggerError ACCESS_DENIED for the first call that is refused
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
    inline: inline.then((all) => all.flatMap((page) => page.PolicyNames ?? [])),
    attached: attached.then((all) => all.flatMap((page) => page.AttachedPolicies ?? [])),
    operation: 'GetUserPolicy',
    read: (PolicyName) => () => iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  })
  const ofGroups = groups.then((all) =>
    Promise.all(
      all
        .flatMap((page) => page.Groups ?? [])
        .map(({ GroupName }) => readGroupPolicies(clients, GroupName ?? '')),
    ),
  )
  const [first, rest] = await Promise.all([own, ofGroups])
  return [...first, ...rest.flat()]
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
    inline: inline.then((all) => all.flatMap((page) => page.PolicyNames ?? [])),
    attached: attached.then((all) => all.flatMap((page) => page.AttachedPolicies ?? [])),
    operation: 'GetGroupPolicy',
    read: (PolicyName) => () => iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  })
}

/**
 * Reads the default version of a managed policy: a permissions boundary, or one that is attached.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND
 */
export async function readManagedPolicy(clients: Clients, PolicyArn: string): Promise<NamedPolicy> {
  const { iam } = clients
  const policy = await send(clients, { service: 'iam', operation: 'GetPolicy' }, () =>
    iam.send(new GetPolicyCommand({ PolicyArn })),
  )
  const command = new GetPolicyVersionCommand({ PolicyArn, VersionId: policy.Policy?.DefaultVersionId })
  const version = await send(clients, { service: 'iam', operation: 'GetPolicyVersion' }, () =>
    iam.send(command),
  )
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
  readonly inline: Promise<readonly string[]>
  readonly attached: Promise<readonly { readonly PolicyArn?: string | undefined }[]>
  readonly operation: string
  readonly read: (policyName: string) => () => Promise<{ readonly PolicyDocument?: string | undefined }>
}

async function documentsOf(clients: Clients, sources: Sources): Promise<readonly NamedPolicy[]> {
  const inline = sources.inline.then((names) =>
    Promise.all(
      names.map(async (name) => {
        const answer = await send(
          clients,
          { service: 'iam', operation: sources.operation },
          sources.read(name),
        )
        return { name, document: answer.PolicyDocument ?? '' }
      }),
    ),
  )
  const attached = sources.attached.then((policies) =>
    Promise.all(policies.map(({ PolicyArn }) => readManagedPolicy(clients, PolicyArn ?? ''))),
  )
  return (await Promise.all([inline, attached])).flat()
}

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
