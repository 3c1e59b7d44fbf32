import { roleNameOf } from '../../arn.js'
import type { CallerIdentity } from '../../aws/caller-identity.js'
import type { Clients } from '../../aws/clients.js'
import { type Role, readRole } from '../../aws/execution-role.js'
import { readUserBoundary } from '../../aws/principal-policies.js'
import { type Fact, known, readAsFact, unknown } from '../fact.js'
import { type PolicyHolder, principalOf } from './access-question.js'
import { type AccessJudge, judgeAccessOf } from './judge-access.js'
import { openDocuments, unreadDocuments } from './principal-documents.js'
import { judgeFound, judgeGuessed, judgeRoot, sameForAll } from './principal-judges.js'

/** Who speaks for the caller: how to judge, and by which name policies know them. */
export interface Voice {
  readonly judge: AccessJudge
  /** false: every answer is the same, so that facts of the request need not be gathered. Default: true. */
  readonly weighsFacts?: false
  /** What aws:PrincipalArn holds: for a session the ARN of its role, path included. */
  readonly principalArn: string
  /** Whose policies are judged; null: nobody's, and `note` says why. */
  readonly principal: string | null
  /** What is to be known about it; part of a sentence. */
  readonly note: string | null
  /** Asks for what will be read if the simulator says nothing, unless it spoke already. */
  readonly readAhead: () => void
}

/**
 * Root, a user, a role or a session whose limits nobody can read: each is judged in its own way. One call at most,
 * and none for a user.
 * @throws SqsTriggerError when nobody is signed in
 */
export async function findVoice(clients: Clients, caller: CallerIdentity): Promise<Voice> {
  const { arn } = caller
  if (caller.kind === 'root') {
    return { judge: judgeRoot(caller), principalArn: arn, principal: arn, note: null, readAhead: nothing }
  }
  if (caller.kind === 'assumed-role') return findRole(clients, caller)
  if (caller.kind === 'user') {
    const holder = holderOf(caller, arn, () => readAsFact(readUserBoundary(clients, caller.name ?? '')))
    if (holder !== undefined)
      return speakFor(holder, judgeFound(judgeAccessOf(clients, holder), 'the caller'))
  }
  return silent(arn, unknown(hiddenOf(caller)), 'whose policies cannot be read from here')
}

/**
 * The STS form of a role's ARN has lost the path, which is never made up: IAM tells it. Where it does not, a role
 * without a path is tried, by which the simulator either knows it for certain or not at all. Roles of IAM Identity
 * Center always have one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
async function findRole(clients: Clients, caller: CallerIdentity): Promise<Voice> {
  const { name = '', account, partition } = caller
  const role = await readAsFact(readRole(clients, name))
  if (role.state === 'known') {
    const holder = holderOf(caller, role.value.arn, async () => known(role.value.boundaryArn))
    if (holder !== undefined) return speakAhead(clients, holder)
  }
  const unread = whyUnread(role, name)
  const guess = `arn:${partition}:iam::${account}:role/${name}`
  const holder = holderOf(caller, guess, async () => unread)
  if (role.state === 'unknown' && holder !== undefined && !name.startsWith('AWSReservedSSO_')) {
    const note = `${unread.reason}: that it has no path is a guess`
    const judge = judgeAccessOf(clients, holder, unreadDocuments(unread))
    return { ...speakFor(holder, judgeGuessed(judge, unread)), note }
  }
  return silent(caller.arn, unread, `whose policies are not known, because ${unread.reason}`)
}

function whyUnread(role: Fact<Role>, name: string) {
  if (role.state === 'unknown') return role
  return unknown(`IAM does not know role ${name}, which you call as`, 'iam:GetRole')
}

function holderOf(
  caller: CallerIdentity,
  arn: string,
  boundary: PolicyHolder['boundary'],
): PolicyHolder | undefined {
  const principal = principalOf(caller, arn)
  if (principal === undefined) return undefined
  const kind = caller.kind === 'user' ? 'user' : 'role'
  return { kind, arn, name: caller.name ?? roleNameOf(arn), principal, boundary }
}

/** Of a role, whose path had to be read before the simulator could be asked: one round trip behind all others. */
function speakAhead(clients: Clients, holder: PolicyHolder): Voice {
  const documents = openDocuments(clients, holder)
  const judge = judgeFound(judgeAccessOf(clients, holder, documents), 'the caller')
  let isAnswered = false
  const watched: AccessJudge = async (question) => {
    const answers = await judge(question)
    isAnswered = true
    return answers
  }
  const readAhead = () => {
    if (!isAnswered) documents.begin()
  }
  return { ...speakFor(holder, watched), readAhead }
}

const nothing = () => undefined

const speakFor = ({ arn }: PolicyHolder, judge: AccessJudge): Voice => ({
  judge,
  principalArn: arn,
  principal: arn,
  note: null,
  readAhead: nothing,
})

const silent = (principalArn: string, fact: Fact<never>, note: string): Voice => ({
  judge: sameForAll(fact),
  weighsFacts: false,
  principalArn,
  principal: null,
  note,
  readAhead: nothing,
})

/**
 * The policies of whoever issued the credentials, cut by a session policy: neither can be told from the ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
 */
const hiddenOf = ({ kind, arn }: CallerIdentity) =>
  kind === 'federated-user'
    ? `${arn} has the rights of the user who issued its credentials, cut by a session policy, and neither can be read from here`
    : `the policies that limit ${arn} cannot be read from here`
