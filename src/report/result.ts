import type { Mapping } from '../mapping.js'
import type { Proof } from '../operations/events.js'
import type { Outcome } from './outcome.js'

/** The `result` member of the document. Settings that a mapping does not have are null, never missing. */
export function resultOf(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case 'preflight':
      return null
    case 'wire-plan': {
      const { plan, calls } = outcome
      return {
        outcome: plan.outcome,
        mapping: mappingOrNull(plan.existing),
        differences: plan.differences,
        changes: plan.changes,
        calls,
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
      }
    }
    case 'list':
      return { mappings: outcome.list.mappings.map(mappingOf) }
    case 'status': {
      const { mapping, queue, deadLetterQueue, maxReceiveCount, logGroup, links } = outcome.status
      return { mapping: mappingOf(mapping), queue, deadLetterQueue, maxReceiveCount, logGroup, links }
    }
    case 'waited':
      return {
        for: outcome.target,
        mapping: mappingOrNull(outcome.result.mapping),
        waitedMs: outcome.result.waitedMs,
      }
    case 'sent': {
      const { queueArn, messages, refused, proof } = outcome.sent
      return { queueArn, messages, refused, proof: proofOf(proof) }
    }
    case 'send-plan':
      return { calls: outcome.calls }
    case 'unwire-plan':
      return { mapping: mappingOf(outcome.plan.mapping), changes: outcome.plan.changes, calls: outcome.calls }
    case 'unwired': {
      const { mapping, outcome: how, waitedMs } = outcome.result
      return { mapping: mappingOf(mapping), outcome: how, waitedMs }
    }
    case 'said':
      return outcome.result ?? null
  }
}

const mappingOrNull = (mapping: Mapping | null) => (mapping === null ? null : mappingOf(mapping))

function mappingOf(mapping: Mapping) {
  return {
    uuid: mapping.uuid,
    arn: mapping.arn ?? null,
    queueArn: mapping.queueArn,
    functionArn: mapping.functionArn,
    state: mapping.state,
    stateTransitionReason: mapping.stateTransitionReason ?? null,
    lastModified: mapping.lastModified ?? null,
    batchSize: mapping.batchSize,
    batchWindowSeconds: mapping.batchWindowSeconds,
    maxConcurrency: mapping.maxConcurrency ?? null,
    minimumPollers: mapping.minimumPollers ?? null,
    maximumPollers: mapping.maximumPollers ?? null,
    reportBatchItemFailures: mapping.reportBatchItemFailures,
    filters: mapping.filters ?? null,
    eventCountMetrics: mapping.eventCountMetrics,
  }
}

const proofOf = (proof: Proof | null) =>
  proof === null
    ? null
    : {
        level: proof.level,
        messageId: proof.messageId,
        requestId: proof.requestId,
        functionFailed: proof.functionFailed,
        evidence: proof.evidence.map((hop) => ({ ...hop, line: hop.line ?? null })),
      }
