import { nameIn, readQueueReference } from '../../arn.js'
import { queueUrl } from '../../aws/queue.js'
import { readQueueTags } from '../../aws/stack-tags.js'
import type { CreateQueue, SetQueueAttributes } from '../../change.js'
import { type Fact, readAsFact, unknown } from '../../preflight/fact.js'
import type { RepairOptions } from '../requests.js'
import type { Repair } from '../results.js'
import type { PreflightResult } from '../run-preflight.js'
import type { Session } from '../session.js'
import { drift, driftAllowed, type Owner, readOwner } from './owner.js'
import { isMade, type Present, readPresent } from './present.js'
import { listed } from './role.js'

/** What is to be set on one queue, for all findings that ask for it, and the queues that have to be made before. */
export interface QueueWish {
  readonly rules: readonly string[]
  readonly summary: string
  readonly queueArn: string
  readonly create: readonly CreateQueue[]
  /** undefined: nothing is set. */
  readonly set: SetQueueAttributes | undefined
}

/** The repair of a queue. A queue that is to be made and exists is taken as it is only where it is just like the new one. */
export async function planQueue(
  wish: QueueWish,
  result: PreflightResult,
  options: RepairOptions,
  session: Session,
): Promise<Repair> {
  const { rules, summary, queueArn, set } = wish
  const label = `queue ${nameIn(queueArn)}`
  const all = [...wish.create, ...(set ? [set] : [])]
  const refuse = (refusal: string): Repair => ({ rules, summary, changes: all, effects: [], refusal })
  const account = queueArn.split(':')[4]
  if (account !== result.context.account) {
    return refuse(`${capital(label)} is in account ${account}: only somebody there can change it.`)
  }
  const made = await Promise.all(
    wish.create.map(
      async (change) => [change, await readAsFact(readPresent(change, session.clients))] as const,
    ),
  )
  const named = (present: Fact<Present>) => options.usesPresent === true && present.state === 'known'
  const stranger = made.find(([change, present]) => !named(present) && !isUsable(change, present))
  if (stranger) return refuse(inTheWay(...stranger))
  const missing = made.filter(([, present]) => present.state === 'known' && present.value === null)
  const there = made.filter((entry) => !missing.includes(entry))

  const before = set ? await readAsFact(readPresent(set, session.clients)) : unknown('nothing is set')
  if (set && before.state !== 'known') {
    return refuse(`What is set on ${label} now could not be read, and is not overwritten: ${before.reason}.`)
  }
  const former = before.state === 'known' ? before.value : null
  const setting = set && !isMade(set, former) ? [set] : []
  const changes = [...missing.map(([change]) => change), ...setting]
  if (changes.length === 0) {
    return refuse(
      `It is so already${there.length > 0 ? `: ${listed(there.map(([{ queueArn: arn }]) => nameIn(arn)))} exists` : ''}. SQS may need a minute until it goes by it everywhere.`,
    )
  }
  const owner = setting.length > 0 ? await readQueueOwner(queueArn, label, session) : nobody
  if (owner.stack !== null && !options.allowDrift) return refuse(drift(label, owner.stack))
  return {
    rules,
    summary,
    changes,
    effects: [
      ...there.map(([change, present]) => {
        const alike = isUsable(change, present) ? ', just as it would be made' : ''
        return `Queue ${nameIn(change.queueArn)} exists already${alike}: it is used as it is.`
      }),
      ...missing.flatMap(([change]) => effectsOfMaking(change, result)),
      ...setting.flatMap((change) => effectsOn(change, former, result)),
      ...(owner.stack === null ? [] : [driftAllowed(label, owner.stack)]),
      ...owner.warnings,
    ],
    refusal: null,
    found: [...missing.map(() => null), ...setting.map(() => former)],
  }
}

const nobody: Owner = { stack: null, warnings: [] }

const isUsable = (change: CreateQueue, present: Fact<Present>) =>
  present.state === 'known' && (present.value === null || isMade(change, present.value))

function inTheWay(change: CreateQueue, present: Fact<Present>): string {
  const name = nameIn(change.queueArn)
  return present.state === 'known'
    ? `A queue ${name} exists already, with other settings: nobody says what it is for. Name a dead-letter queue in the redrive policy yourself, or give that queue another name.`
    : `Whether a queue ${name} exists already could not be read: ${present.reason}.`
}

async function readQueueOwner(queueArn: string, label: string, session: Session): Promise<Owner> {
  const { clients } = session
  const reference = readQueueReference(queueArn)
  if (reference.kind !== 'arn') return nobody
  const tags = await readAsFact(readQueueTags(clients, reference.address))
  return readOwner({ label, physicalId: queueUrl(clients, reference.address), tags }, session)
}

/** A queue that is made, beside the one that its messages come from. */
function effectsOfMaking(
  { queueArn, attributes: { KmsMasterKeyId: key } }: CreateQueue,
  { facts: { queue } }: PreflightResult,
): readonly string[] {
  const name = nameIn(queueArn)
  const stays = `Queue ${name} stays when this is undone: messages may lie in it.`
  if (queue.state !== 'known') return [stays]
  const { encryption, name: source } = queue.value
  if (key !== undefined) {
    return [
      stays,
      `Queue ${name} is encrypted with key ${key}, as ${source} is: who reads from it needs kms:Decrypt.`,
    ]
  }
  if (encryption.kind === 'key') {
    return [
      stays,
      `Queue ${name} does not get key ${encryption.keyId} of ${source}, which cannot be used any more.`,
    ]
  }
  return encryption.kind === 'none'
    ? [stays, `Queue ${name} encrypts what is sent to it, as SQS does by default; ${source} does not.`]
    : [stays]
}

/** Settings of a queue hold for everybody who reads from it. */
function effectsOn(
  { queueArn, attributes }: SetQueueAttributes,
  former: Present,
  { facts: { mappings }, target }: PreflightResult,
): readonly string[] {
  const name = nameIn(queueArn)
  const effects: string[] = []
  const { VisibilityTimeout: timeout, RedrivePolicy: redrive } = attributes
  if (timeout !== undefined) {
    effects.push(
      `Every consumer of ${name} gets ${timeout} s instead of ${former?.VisibilityTimeout} s to finish a message: one that fails comes back later.`,
    )
  }
  if (redrive !== undefined) {
    effects.push(
      `A message of ${name} that fails too often leaves for the dead-letter queue, whichever consumer it failed at.`,
    )
  }
  if (mappings.state !== 'known') {
    return [...effects, `Which other functions read from ${name} could not be listed: ${mappings.reason}.`]
  }
  const others = mappings.value
    .filter(({ functionArn }) => functionArn !== target.functionArn)
    .map(({ functionArn }) => nameIn(functionArn))
  return others.length === 0
    ? effects
    : [...effects, `Other functions that read from ${name}: ${listed(others)}.`]
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
