import type { Change, CreateQueue, PutRolePolicy, RepairChange, SetQueueAttributes } from '../../change.js'
import { mergePolicies } from '../../permissions/merge-policy.js'
import type { Finding } from '../../preflight/finding.js'
import { untilAborted } from '../../until-aborted.js'
import type { Operation } from '../events.js'
import type { RepairOptions } from '../requests.js'
import type { Repair, RepairPlan } from '../results.js'
import type { PreflightResult } from '../run-preflight.js'
import type { Session } from '../session.js'
import { planQueue, type QueueWish } from './queue.js'
import { planRolePolicy, type RolePolicyWish, readSurroundings, type Surroundings } from './role.js'
import { isRepairChange } from './undo.js'

/**
 * What could be mended of what a preflight objects to, and what it would touch: changes nothing. Findings that ask for
 * the same thing make one repair. One that is refused says who can act; findings that no repair is known for are left
 * out.
 */
export async function* planRepairs(
  result: PreflightResult,
  options: RepairOptions,
  session: Session,
): Operation<RepairPlan> {
  const { context } = result
  const findings = result.findings.filter((finding) => isWanted(finding, options.only ?? []))
  if (findings.length === 0) return { context, repairs: [] }
  yield { type: 'step-started', what: 'Reading what the repairs would touch' }
  const repairs: Repair[] = []
  const planned: PutRolePolicy[] = []
  const around = new Map<string, Promise<Surroundings>>()
  for (const wish of roleWishes(findings)) {
    const { roleArn } = wish.change
    const surroundings = () => {
      const reading = around.get(roleArn) ?? readSurroundings(roleArn, result, session)
      around.set(roleArn, reading)
      return reading
    }
    const planning = planRolePolicy(
      wish,
      result,
      { ...options, surroundings, planned: planned.filter((change) => change.roleArn === roleArn) },
      session,
    )
    const repair = await untilAborted(planning, session.signal)
    repairs.push(repair)
    if (repair.refusal === null) planned.push(...repair.changes.filter(isPutRolePolicy))
  }
  for (const wish of queueWishes(findings)) {
    repairs.push(await untilAborted(planQueue(wish, result, options, session), session.signal))
  }
  return { context, repairs: [...repairs, ...byHand(findings)] }
}

/** The rules whose objections a repair can mend; whether it can here, its finding says. */
const mendable: ReadonlySet<string> = new Set([
  'role-lacks-receive-message',
  'role-lacks-delete-message',
  'role-lacks-get-queue-attributes',
  'role-lacks-decrypt',
  'role-lacks-log-permissions',
  'visibility-timeout-below-function-timeout',
  'visibility-timeout-leaves-no-retry-room',
  'no-dead-letter-queue',
  'dead-letter-queue-missing',
])

function isWanted({ rule, status }: Finding, only: readonly string[]): boolean {
  const objects = status === 'fail' || status === 'warn'
  return objects && mendable.has(rule) && (only.length === 0 || only.includes(rule))
}

const changesOf = ({ fix }: Finding): readonly RepairChange[] => (fix?.changes ?? []).filter(isRepairChange)

const isPutRolePolicy = (change: Change): change is PutRolePolicy =>
  change.type === 'role-policy' && change.action === 'put'

const isPlanned = ({ fix }: Finding) => fix?.automatic === true

function roleWishes(findings: readonly Finding[]): readonly RolePolicyWish[] {
  const wishes = new Map<string, RolePolicyWish>()
  for (const finding of findings.filter(isPlanned)) {
    for (const change of changesOf(finding)) {
      if (change.type !== 'role-policy' || change.action !== 'put') continue
      const key = `${change.roleArn} ${change.policyName}`
      wishes.set(key, joinRole(wishes.get(key), finding, change))
    }
  }
  return [...wishes.values()]
}

function joinRole(
  wish: RolePolicyWish | undefined,
  { rule, fix }: Finding,
  change: PutRolePolicy,
): RolePolicyWish {
  if (wish === undefined) return { rules: [rule], summary: fix?.summary ?? '', change }
  const policy = mergePolicies(wish.change.policy, change.policy)
  return { ...wish, rules: [...wish.rules, rule], change: { ...wish.change, policy } }
}

/**
 * One wish an attribute of a queue, so that what is needed can be agreed to without what is only advised. A queue that
 * has to be made goes with what needs it, or stands by itself.
 */
function queueWishes(findings: readonly Finding[]): readonly QueueWish[] {
  const wishes: QueueWish[] = []
  for (const finding of findings.filter(isPlanned)) {
    const changes = changesOf(finding)
    const create = changes.filter((change): change is CreateQueue => change.type === 'queue')
    const set = changes.find((change): change is SetQueueAttributes => change.type === 'queue-attributes')
    const queueArn = set?.queueArn ?? create[0]?.queueArn
    if (queueArn === undefined) continue
    const wish = { rules: [finding.rule], summary: finding.fix?.summary ?? '', queueArn, create, set }
    const place = wishes.findIndex((other) => isSameSetting(other.set, set))
    const other = wishes[place]
    if (other === undefined) wishes.push(wish)
    else wishes[place] = joinQueue(other, wish)
  }
  return wishes
}

const isSameSetting = (one: SetQueueAttributes | undefined, other: SetQueueAttributes | undefined) =>
  one !== undefined &&
  one.queueArn === other?.queueArn &&
  Object.keys(one.attributes).some((name) => name in other.attributes)

function joinQueue(one: QueueWish, other: QueueWish): QueueWish {
  const [set, more] = [one.set, other.set]
  return {
    ...one,
    rules: [...one.rules, ...other.rules],
    summary: one.summary === other.summary ? one.summary : `${one.summary} ${other.summary}`,
    create: [...one.create, ...other.create],
    set:
      set && more ? { ...set, attributes: joinAttributes(set.attributes, more.attributes) } : (set ?? more),
  }
}

/** The greater visibility timeout is enough for both who ask. */
function joinAttributes(one: SetQueueAttributes['attributes'], other: SetQueueAttributes['attributes']) {
  const timeouts = [one, other].flatMap(({ VisibilityTimeout }) => VisibilityTimeout ?? []).map(Number)
  const timeout = timeouts.length === 0 ? {} : { VisibilityTimeout: String(Math.max(...timeouts)) }
  return { ...one, ...other, ...timeout }
}

/** What the findings themselves say that only somebody else can change; the same words once. */
function byHand(findings: readonly Finding[]): readonly Repair[] {
  const repairs = new Map<string, Repair>()
  for (const finding of findings.filter((one) => !isPlanned(one))) {
    const refusal = finding.fix?.summary ?? 'Nothing that can be typed mends it.'
    const rules = [...(repairs.get(refusal)?.rules ?? []), finding.rule]
    const summary = repairs.get(refusal)?.summary ?? finding.message
    repairs.set(refusal, { rules, summary, changes: changesOf(finding), effects: [], refusal })
  }
  return [...repairs.values()]
}
