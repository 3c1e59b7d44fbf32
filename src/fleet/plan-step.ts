import { nameIn } from '../arn.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { OperationEvent } from '../operations/events.js'
import { readMapping } from '../operations/find-mapping.js'
import { runToEnd } from '../operations/run-to-end.js'
import { planUnwiring } from '../operations/unwire.js'
import { differing } from '../operations/update/differences.js'
import { planUpdate } from '../operations/update.js'
import { planWiring } from '../operations/wire.js'
import type { Finding } from '../preflight/finding.js'
import { blocking as blockingAt } from '../preflight/strictness.js'
import type { FleetStep } from './fleet-plan.js'
import { judgeGone } from './gone-ends.js'
import { concerns } from './ignores.js'
import { ownerTag } from './manifest/settings.js'
import { type Owner, ownerOf } from './owner.js'
import { tagsNow } from './ownership.js'
import type { PlacedTrigger, Planning } from './planning.js'

type Tell = (event: OperationEvent) => void

/** What is to become of one trigger of the file. @param mapping the one that exists; null: there is none. */
export async function planTrigger(
  placed: PlacedTrigger,
  mapping: Mapping | null,
  planning: Planning,
  tell: Tell,
): Promise<FleetStep> {
  if (mapping === null) return planCreation(placed, planning, tell)
  const about = { ...planning, ignore: ignoredAt(placed, planning) }
  const gone = await judgeGone(mapping, about)
  const blocking = blockingAt(gone, { failOn: planning.options.failOn ?? 'error' })
  // Nothing that could be changed about it would make it work.
  if (blocking.length > 0) return { ...stepOf(placed), action: 'blocked', mapping, findings: gone, blocking }
  const step = await planExisting(placed, mapping, planning, tell)
  return { ...step, findings: [...gone, ...step.findings] }
}

async function planExisting(
  placed: PlacedTrigger,
  mapping: Mapping,
  planning: Planning,
  tell: Tell,
): Promise<FleetStep> {
  const { manifest, options, session } = planning
  const { trigger } = placed
  // A list withholds encrypted filters.
  const whole = mapping.filters === undefined ? await readMapping(mapping.uuid, session) : mapping
  const bulk = planning.tags.bulk?.get(whole.arn ?? '') ?? (planning.tags.bulk === null ? null : {})
  const wantsTags = trigger.settings.tags !== undefined || options.adopt === true
  const seen = bulk ?? (wantsTags ? await tagsNow(whole, session) : null)
  const adopting = options.adopt === true && ownerOf(seen, manifest.owner).kind === 'nobody'
  // A trigger is there to work: unless the file says otherwise, one that is switched off differs.
  const wanted = { ...trigger.settings, enabled: trigger.settings.enabled ?? true }
  const settings = adopting ? owned(wanted, planning) : wanted
  const asked = { settings, clear: trigger.clear, untag: [] }
  const { differences } = differing(asked, whole, seen ?? undefined)
  const about = { ...stepOf(placed), mapping: whole, differences }
  if (differences.length === 0) return about
  const owner = ownerOf(await tagsNow(whole, session), manifest.owner)
  const taken = owner.kind === 'file' || (owner.kind === 'nobody' && options.adopt === true)
  if (!taken) return { ...about, action: 'foreign', reason: foreignReason(owner), ownedBy: owner.kind }

  const plan = await runToEnd(
    planUpdate({ mapping: whole.uuid, settings, clear: trigger.clear }, session, options),
    passingWarnings(tell),
  )
  const findings = judgedWithIgnores(plan.findings, placed, planning)
  if (plan.outcome === 'unchanged') return { ...about, differences: [], findings }
  const { blocking, changes } = plan
  const action = plan.outcome === 'blocked' ? 'blocked' : 'update'
  const does = action === 'update' ? ({ kind: 'update', plan } as const) : null
  return { ...about, action, differences: plan.differences, findings, blocking, changes, does }
}

async function planCreation(placed: PlacedTrigger, planning: Planning, tell: Tell): Promise<FleetStep> {
  const { options, session } = planning
  const { trigger, queueArn } = placed
  const request = {
    // As the file names it: a name is looked up, so that a queue that is not there is found out.
    queue: trigger.queue,
    function: trigger.function,
    settings: owned(trigger.settings, planning),
    sendTest: false,
    ignore: ignoredAt(placed, planning),
    only: [],
  }
  const { facts: _, ...plan } = await runToEnd(planWiring(request, session, options), passingWarnings(tell))
  const { findings, blocking, changes, differences, existing } = plan
  const about = { ...stepOf(placed), findings, differences, blocking, changes, mapping: existing }
  if (plan.outcome === 'create') return { ...about, action: 'create', does: { kind: 'wire', plan } }
  if (plan.outcome === 'blocked') return { ...about, action: 'blocked', mapping: null }
  // Somebody made it since the mappings were listed.
  if (plan.outcome === 'unchanged') return about
  const reason = `somebody has just wired ${nameIn(queueArn)} with other settings; plan again`
  return { ...about, action: 'foreign', reason }
}

/** What becomes of a mapping of this file that is no longer in it; null: it is not this file's after all. */
export async function planLeft(mapping: Mapping, planning: Planning): Promise<FleetStep | null> {
  const { manifest, options, session } = planning
  // What was read in bulk may be behind the times.
  if (ownerOf(await tagsNow(mapping, session), manifest.owner).kind !== 'file') return null
  const { queueArn, functionArn } = mapping
  const step = { ...stepOf({ queueArn, functionArn, trigger: null }), mapping }
  if (!options.prune) return { ...step, action: 'left' }
  const plan = await runToEnd(planUnwiring(mapping.uuid, undefined, session))
  return { ...step, action: 'delete', changes: plan.changes, does: { kind: 'unwire', plan } }
}

/** A step with which nothing is the matter. */
const stepOf = ({
  trigger,
  queueArn,
  functionArn,
}: Omit<PlacedTrigger, 'trigger'> & Pick<FleetStep, 'trigger'>): FleetStep => ({
  action: 'unchanged',
  queueArn,
  functionArn,
  trigger,
  mapping: null,
  differences: [],
  findings: [],
  blocking: [],
  changes: [],
  reason: null,
  ownedBy: null,
  does: null,
})

/** With the tag by which the file knows what is its own. */
function owned(settings: MappingSettings, { manifest }: Planning): MappingSettings {
  if (manifest.owner === null) return settings
  return { ...settings, tags: { ...settings.tags, [ownerTag]: manifest.owner } }
}

function foreignReason(owner: Owner): string {
  if (owner.kind === 'other') return `it belongs to ${owner.who}`
  if (owner.kind === 'unknown') return 'lambda:ListTags is refused, so nobody can tell whose it is'
  return 'it was not made by this file; --adopt takes it over'
}

const ignoredAt = ({ queueArn, functionArn }: Omit<PlacedTrigger, 'trigger'>, { held }: Planning) => [
  ...new Set(
    held
      .filter((entry) => concerns(entry, { queue: queueArn, function: functionArn }))
      .map(({ rule }) => rule),
  ),
]

/** An update takes no ignores of its own; rules that AWS enforces are never among them. */
function judgedWithIgnores(
  findings: readonly Finding[],
  placed: PlacedTrigger,
  planning: Planning,
): readonly Finding[] {
  const ignored = ignoredAt(placed, planning)
  return findings.map((finding) =>
    ignored.includes(finding.rule) && ['fail', 'warn', 'unknown'].includes(finding.status)
      ? { ...finding, status: 'ignored' }
      : finding,
  )
}

const passingWarnings = (tell: Tell) => (event: OperationEvent) => {
  if (event.type === 'warning') tell(event)
}
