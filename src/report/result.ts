import { ownerNamed } from '../fleet/owner.js'
import type { JournalEntry } from '../journal.js'
import type { Proof, ProofHop } from '../operations/events.js'
import type { UnwirePlan } from '../operations/mapping-results.js'
import type { LastRun } from '../operations/redrive/results.js'
import type { UndoStep } from '../operations/results.js'
import type { SampleVerdict } from '../preflight/samples.js'
import { explanationResult } from './explanation.js'
import { fleetAppliedResult, fleetPlanResult } from './fleet-result.js'
import type { Outcome, RepairTold } from './outcome.js'
import { mappingOf, mappingOrNull } from './result-mapping.js'

/** The `result` member of the document. Settings that a mapping does not have are null, never missing. */
export function resultOf(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'preflight':
      return preflightResult(outcome)
    case 'wire-plan': {
      const { plan, calls } = outcome
      return {
        outcome: plan.outcome,
        mapping: mappingOrNull(plan.existing),
        differences: plan.differences,
        changes: plan.changes,
        calls,
        ...samplesOf(plan.samples),
        ...repairsOf(outcome),
      }
    }
    case 'wired': {
      const { mapping, outcome: how, waitedMs, proof } = outcome.result
      return {
        mapping: mappingOf(mapping),
        outcome: how,
        waitedMs,
        proof: proofOf(proof),
        links: outcome.links,
        ...repairsOf(outcome),
      }
    }
    case 'wire-blocked':
      return { outcome: outcome.plan.outcome, ...repairsOf(outcome) }
    case 'update-plan': {
      const { mapping, outcome: how, differences, changes } = outcome.plan
      return { outcome: how, mapping: mappingOf(mapping), differences, changes, calls: outcome.calls }
    }
    case 'updated': {
      const { mapping, outcome: how, waitedMs } = outcome.result
      return { outcome: how, mapping: mappingOf(mapping), differences: outcome.plan.differences, waitedMs }
    }
    case 'move-plan': {
      const { wiring, unwiring, changes } = outcome.plan
      return {
        outcome: wiring.outcome,
        mapping: mappingOrNull(wiring.existing),
        old: mappingOf(unwiring.mapping),
        differences: wiring.differences,
        changes,
        calls: outcome.calls,
      }
    }
    case 'moved': {
      const { mapping, old, outcome: how, left, waitedMs } = outcome.result
      return {
        outcome: how,
        mapping: mappingOf(mapping),
        old: mappingOf(old),
        left,
        waitedMs,
        links: outcome.links,
      }
    }
    case 'audit':
      return outcome.rendering.result(outcome.audit, mappingOf)
    case 'list':
      return { mappings: outcome.list.mappings.map(mappingOf) }
    case 'status': {
      const {
        mapping,
        queue,
        deadLetterQueue,
        maxReceiveCount,
        logGroup,
        links,
        queueTags,
        mappingTags,
        lastRun,
        metrics,
      } = outcome.status
      const probed = outcome.probe === undefined ? {} : { probe: proofOf(outcome.probe) }
      return {
        mapping: mappingOf(mapping),
        queue,
        deadLetterQueue,
        maxReceiveCount,
        logGroup,
        links,
        queueTags,
        mappingTags,
        owner: ownerNamed(mappingTags),
        lastRun: lastRun === null ? null : lastRunOf(lastRun),
        metrics,
        ...probed,
      }
    }
    case 'waited':
      return {
        for: outcome.target,
        mapping: mappingOrNull(outcome.result.mapping),
        waitedMs: outcome.result.waitedMs,
      }
    case 'drained': {
      const { mapping, counters, waitedMs } = outcome.result
      return { for: 'drained', mapping: mappingOf(mapping), counters, waitedMs }
    }
    case 'peeked': {
      const { deadLetterQueueArn, counters, messages } = outcome.peek
      return { deadLetterQueueArn, counters, messages }
    }
    case 'redrive-plan': {
      const { deadLetterQueueArn, counters, running, lastRun, otherSources, changes } = outcome.plan
      return {
        outcome: outcome.plan.outcome,
        deadLetterQueueArn,
        counters,
        task: running,
        lastRun: lastRunOf(lastRun),
        otherSources: otherSources?.map(({ queueArn }) => queueArn) ?? null,
        changes,
        calls: outcome.calls,
      }
    }
    case 'redriven': {
      const { deadLetterQueueArn, counters, lastRun } = outcome.plan
      const { outcome: how, task, waitedMs } = outcome.result
      return { outcome: how, deadLetterQueueArn, counters, task, lastRun: lastRunOf(lastRun), waitedMs }
    }
    case 'logs': {
      const { logGroup, lines, cut } = outcome.log
      return { logGroup, lines, cut }
    }
    case 'sent': {
      const { queueArn, messages, refused, proof, samples } = outcome.sent
      return { queueArn, messages, refused, proof: proofOf(proof), ...samplesOf(samples) }
    }
    case 'send-plan':
      return { calls: outcome.calls, ...samplesOf(outcome.samples) }
    case 'unwire-plan':
      return {
        mapping: mappingOrNull(outcome.plan.mapping),
        changes: outcome.plan.changes,
        calls: outcome.calls,
        revocation: revocationOf(outcome.plan),
      }
    case 'unwired': {
      const { mapping, ...how } = outcome.result
      return { mapping: mappingOrNull(mapping), ...how, revocation: revocationOf(outcome.plan) }
    }
    case 'rollback-list':
      return { place: outcome.place, entries: newestFirst(outcome), unreadable: outcome.unreadable }
    case 'rollback-plan':
      return { entry: outcome.plan.entry, steps: outcome.plan.steps.map(stepOf), calls: outcome.calls }
    case 'rolled-back': {
      const { steps } = outcome.result
      return { entry: outcome.plan.entry, steps: steps.map(stepOf), outcome: undoneOf(steps) }
    }
    case 'fleet-plan':
      return fleetPlanResult(outcome)
    case 'fleet-applied':
      return fleetAppliedResult(outcome)
    case 'explained':
      return explanationResult(outcome.explanation)
    case 'said':
      return outcome.result ?? null
  }
}

/** null unless example messages were given, or repairs were asked for. */
function preflightResult(outcome: Extract<Outcome, { kind: 'preflight' }>) {
  const { samples } = outcome.report
  const parts = { ...(samples === undefined ? {} : { samples }), ...repairsOf(outcome) }
  return Object.keys(parts).length === 0 ? null : parts
}

/** Only with `--fix`: what was, or would be, repaired. */
function repairsOf({ repairs }: { readonly repairs?: readonly RepairTold[] }) {
  if (repairs === undefined) return {}
  return {
    repairs: repairs.map(({ repair, outcome, calls, journalId, undo, pending = [] }) => ({
      rules: repair.rules,
      summary: repair.summary,
      effects: repair.effects,
      outcome,
      refusal: repair.refusal,
      changes: repair.changes,
      calls,
      journalId,
      undo,
      pending,
    })),
  }
}

/** null: nobody asked to take the grant away. */
const revocationOf = ({ revocation }: UnwirePlan) =>
  revocation === null ? null : { change: revocation.change, reason: revocation.reason }

const stepOf = (step: UndoStep) => ({ ...step, effects: step.effects ?? [] })

/** `partly`: something stays, and its step says why. */
function undoneOf(steps: readonly UndoStep[]): 'undone' | 'partly' | 'nothing' {
  const undone = steps.filter(({ undo }) => undo !== null).length
  return undone === 0 ? 'nothing' : undone === steps.length ? 'undone' : 'partly'
}

/** Only where filters met messages. */
const samplesOf = (samples: readonly SampleVerdict[] | undefined) =>
  samples === undefined ? {} : { samples }

/** Every member, null where it does not apply. */
const lastRunOf = (run: LastRun) => ({ requestId: null, at: null, failure: null, reason: null, ...run })

const proofOf = (proof: Proof | null) =>
  proof === null
    ? null
    : {
        level: proof.level,
        messageId: proof.messageId,
        requestId: proof.requestId,
        functionFailed: proof.functionFailed,
        repeated: proof.repeated === undefined ? false : proof.repeated,
        evidence: proof.evidence.map(hopOf),
        doubts: proof.doubts,
        missingPermissions: proof.missingPermissions,
        mapping: proof.mapping,
      }

/** A hop with every member. */
export const hopOf = (hop: ProofHop) => ({
  ...hop,
  line: hop.line ?? null,
  errorLines: hop.errorLines ?? [],
})

function newestFirst({
  entries,
  elsewhere,
}: Extract<Outcome, { kind: 'rollback-list' }>): readonly JournalEntry[] {
  return [...entries, ...elsewhere].toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
}
