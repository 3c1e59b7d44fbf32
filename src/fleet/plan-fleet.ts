import { listMappingPages } from '../aws/event-source-mapping.js'
import { readOnce } from '../aws/read-once.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { readContext } from '../operations/call-context.js'
import type { CallContext, Operation } from '../operations/events.js'
import { functionHere, queueHere } from '../operations/mapping-ends.js'
import type { Session } from '../operations/session.js'
import type { Finding } from '../preflight/finding.js'
import type { FleetPlan, FleetStep } from './fleet-plan.js'
import { findGoneEnds } from './gone-ends.js'
import { concerns, expiredText, heldOn } from './ignores.js'
import type { IgnoreEntry, Manifest, ManifestTrigger } from './manifest.js'
import { ownerOf } from './owner.js'
import { readTagIndex } from './ownership.js'
import { planLeft, planTrigger } from './plan-step.js'
import type { FleetOptions, PlacedTrigger, Planning } from './planning.js'
import { resultsInOrder } from './results-in-order.js'
import { toldOnTheWay } from './told-on-the-way.js'

/**
 * Reads what exists, and says what it would take to make it as the file says; changes nothing. What is as it should be
 * costs no call of its own: mappings, tags, queues and functions are listed. What is to be created or changed is judged.
 * @throws SqsTriggerError USAGE for two triggers of one queue and function, ACCESS_DENIED where mappings cannot be
 *   listed, or `prune` is asked for and tags cannot be read in bulk.
 */
export async function* planFleet(
  manifest: Manifest,
  options: FleetOptions,
  given: Session,
): Operation<FleetPlan> {
  const session = { ...given, clients: readOnce(given.clients, new Map(), { forgetsThrottled: true }) }
  const context = await readContext(session)
  yield { type: 'caller-identified', context }
  const placed = placedIn(manifest, context)
  yield { type: 'step-started', what: 'Listing event source mappings' }
  const mappings = await listAll(session)
  const tags = yield* readTagIndex(session)
  if (options.prune && tags.bulk === null) throw cannotPrune()
  const { held, expired } = heldOn(manifest.ignore, session.clock.now())
  for (const one of expired) yield { type: 'warning', message: expiredText(manifest.file, one) }

  const here = new Map(mappings.map((mapping) => [keyOf(mapping), mapping]))
  const existing = placed.flatMap((one) => here.get(keyOf(one)) ?? [])
  const gone = yield* findGoneEnds(existing, context, session, options.parallel ?? 4)
  const planning: Planning = { manifest, context, tags, gone, held, options, session }
  const named = new Set(placed.map(keyOf))
  const others = mappings.filter((mapping) => !named.has(keyOf(mapping)) && isOurs(mapping, planning))
  const steps = yield* toldOnTheWay(async (tell) => {
    const total = placed.length
    let done = 0
    const triggers = await resultsInOrder(placed, options.parallel ?? 4, async (one) => {
      const step = await planTrigger(one, here.get(keyOf(one)) ?? null, planning, tell)
      done += 1
      tell({ type: 'fleet-progress', what: 'Looking at triggers', done, total, failed: 0 })
      return step
    })
    const left = await resultsInOrder(others, options.parallel ?? 4, (mapping) => planLeft(mapping, planning))
    return [...triggers, ...left.flatMap((step) => step ?? [])]
  })
  yield { type: 'planned', changes: steps.flatMap(({ changes }) => changes) }
  return {
    context,
    file: manifest.file,
    owner: manifest.owner,
    environment: manifest.environment,
    steps,
    findings: eachOnce(steps.flatMap(({ findings }) => findings)),
    unused: held.filter((entry) => isUnused(entry, steps)),
    unowned: steps.filter((step) => isUnowned(step, planning)).length,
  }
}

const keyOf = ({ queueArn, functionArn }: { readonly queueArn: string; readonly functionArn: string }) =>
  `${queueArn} ${functionArn}`

/** The triggers with their ARNs. @throws SqsTriggerError USAGE where two of them are the same. */
function placedIn({ file, triggers }: Manifest, context: CallContext): readonly PlacedTrigger[] {
  const seen = new Map<string, ManifestTrigger>()
  return triggers.map((trigger) => {
    const queueArn = queueHere(trigger.queue, context).arn
    const functionArn = functionHere(trigger.function, context).arn
    const before = seen.get(keyOf({ queueArn, functionArn }))
    if (before) {
      const message = `${file}, lines ${before.at.line} and ${trigger.at.line}: both wire ${trigger.queue} to ${trigger.function}. Nothing was done.`
      throw new SqsTriggerError('USAGE', message, { hint: 'Leave one of them out.' })
    }
    seen.set(keyOf({ queueArn, functionArn }), trigger)
    return { trigger, queueArn, functionArn }
  })
}

async function listAll({ clients, signal }: Session): Promise<readonly Mapping[]> {
  const all: Mapping[] = []
  for await (const page of listMappingPages(clients, {}, signal)) all.push(...page)
  // One that is going is as good as gone; its successor waits for that.
  return all.filter(({ state }) => state !== 'Deleting')
}

/** By what was read in bulk; what comes of it is asked again before anything is deleted. */
const isOurs = ({ arn = '' }: Mapping, { manifest, tags }: Planning) =>
  manifest.owner !== null && ownerOf(tags.bulk?.get(arn) ?? {}, manifest.owner).kind === 'file'

const isUnowned = ({ action, mapping }: FleetStep, { manifest, tags }: Planning) =>
  action === 'unchanged' &&
  mapping !== null &&
  tags.bulk !== null &&
  ownerOf(tags.bulk.get(mapping.arn ?? '') ?? {}, manifest.owner).kind === 'nobody'

/** It concerns no trigger of the file; or everything that it concerns was judged, and it silenced nothing there. */
function isUnused(entry: IgnoreEntry, steps: readonly FleetStep[]): boolean {
  const concerned = steps.filter(
    ({ trigger, queueArn, functionArn }) =>
      trigger !== null && concerns(entry, { queue: queueArn, function: functionArn }),
  )
  return concerned.every(
    ({ findings }) =>
      findings.length > 0 &&
      !findings.some(({ rule, status }) => rule === entry.rule && status === 'ignored'),
  )
}

/** Triggers share callers, roles and queues: what is the same of several is told once. */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.subject, finding.status, finding.message])
    if (!seen.has(key)) seen.set(key, finding)
  }
  return [...seen.values()]
}

const cannotPrune = () =>
  new SqsTriggerError(
    'ACCESS_DENIED',
    '--prune needs tag:GetResources: without it nobody can tell which mappings are of this file. Nothing was changed.',
    {
      hint: "Leave --prune out, or ask for the right: sqs-trigger policy '<queue>' '<function>' --for caller",
    },
  )
