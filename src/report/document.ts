import type { SqsTriggerError } from '../errors.js'
import type { AuditResult } from '../fleet/audit/results.js'
import type { CallContext } from '../operations/events.js'
import type { Finding, FindingStatus, Fix } from '../preflight/finding.js'
import type { SampleVerdict } from '../preflight/samples.js'
import type { Outcome } from './outcome.js'
import type { Ending } from './reporter.js'
import { resultOf } from './result.js'
import type { RunRecord } from './run-record.js'
import { type ToldFleet, toldFleet } from './told-fleet.js'

export interface DocumentFrame {
  /** null: the arguments name none. */
  readonly command: string | null
  readonly version: string
  readonly dryRun: boolean
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly elapsedMs: number
}

/**
 * The one JSON document of a run. It grows only by adding; `schemaVersion` says how.
 * Members that do not apply are null or empty, never missing.
 */
export function jsonDocument(
  frame: DocumentFrame,
  record: RunRecord,
  ended: {
    readonly outcome: Outcome | null
    readonly error: SqsTriggerError | null
    readonly ending: Ending
  },
) {
  const { outcome, error, ending } = ended
  const findings = outcome === null ? record.findings : findingsOf(outcome, record)
  // Of many triggers the passes are counted only.
  const counted = outcome !== null && 'allFindings' in outcome && !outcome.allFindings
  const listed = counted ? findings.filter(({ status }) => status !== 'pass' && status !== 'skip') : findings
  return {
    schemaVersion: '1.0',
    tool: { name: 'sqs-trigger', version: frame.version },
    command: frame.command,
    // `--exit-zero` changes the exit code, not the truth.
    ok: ending.exitCode === 0 && error === null,
    exitCode: ending.exitCode,
    exitName: ending.exitName,
    dryRun: frame.dryRun,
    context: record.context && contextOf(record.context),
    target: record.target,
    result: outcome === null ? null : resultOf(outcome),
    changed: record.changed.map((change) => ({ ...change, journalId: record.journaled.get(change) ?? null })),
    findings: listed.map(findingOf),
    summary: outcome?.kind === 'audit' ? outcome.audit.summary.findings : summaryOf(findings),
    warnings: record.warnings,
    error: error === null ? null : errorOf(error),
    timing: { startedAt: frame.startedAt, elapsedMs: frame.elapsedMs },
  }
}

export type RunDocument = ReturnType<typeof jsonDocument>
type DocumentFinding = RunDocument['findings'][number]

/** A finding, and whether it stopped the run: the exit code comes of it. */
export interface ToldFinding extends DocumentFinding {
  readonly stops: boolean
}

/** The document with what only the formats for other tools need to know beside it. */
export interface ToldRun {
  readonly document: RunDocument
  readonly findings: readonly ToldFinding[]
  /** The error of the run, unless findings are the reason of it. */
  readonly failure: RunDocument['error']
  /** What the filters do with the example messages that were given. */
  readonly samples: readonly SampleVerdict[]
  /** What is, or was, to become of many triggers, and the sentence that sums it up; null: it is about one. */
  readonly fleet: ToldFleet | null
  /** null: the run came to none. */
  readonly audit: AuditResult | null
}

/** Tells apart what the findings explain from what else went wrong. */
export function toldRun(document: RunDocument, outcome: Outcome | null): ToldRun {
  const key = ({ rule, subject, mapping }: Pick<Finding, 'rule' | 'subject' | 'mapping'>) =>
    JSON.stringify([rule, subject, mapping?.uuid])
  const failed = ({ status }: Pick<Finding, 'status'>) => status === 'fail'
  const judged =
    outcome?.kind === 'preflight' || outcome?.kind === 'audit' || outcome?.kind === 'fleet-plan'
      ? outcome
      : undefined
  const blocking =
    judged?.kind === 'fleet-plan' ? judged.plan.steps.flatMap((step) => step.blocking) : judged?.blocking
  const stopping = new Set((blocking ?? document.findings.filter(failed)).map(key))
  const findings = document.findings.map((finding) => ({ ...finding, stops: stopping.has(key(finding)) }))
  const explained =
    judged !== undefined &&
    findings.some(({ stops }) => stops) &&
    byFindings.includes(document.error?.code ?? '')
  const audit = outcome?.kind === 'audit' ? outcome.audit : null
  const samples = outcome?.kind === 'preflight' ? (outcome.report.samples ?? []) : []
  const fleet = outcome === null ? null : toldFleet(outcome)
  return { document, findings, failure: explained ? null : document.error, samples, fleet, audit }
}

const contextOf = (context: CallContext) => ({
  ...context,
  principal: context.principal ?? null,
  principalNote: context.principalNote ?? null,
})

/** What a preflight ends with when its findings stop it. */
const byFindings: readonly string[] = ['CHECKS_FAILED', 'QUEUE_NOT_FOUND', 'FUNCTION_NOT_FOUND']

/** The findings as the command returned them: an ignored one may differ from how it was judged. */
function findingsOf(outcome: Outcome, record: RunRecord): readonly Finding[] {
  if (outcome.kind === 'preflight') return outcome.report.findings
  if (outcome.kind === 'audit') return outcome.audit.mappings.flatMap(({ findings }) => findings)
  return 'plan' in outcome && 'findings' in outcome.plan ? outcome.plan.findings : record.findings
}

/** Every member of every finding, null where there is none: `undefined` would be missing. */
export const findingOf = (finding: Finding) => ({
  ...finding,
  observed: finding.observed ?? null,
  expected: finding.expected ?? null,
  evidence: finding.evidence.map((one) => ({ ...one, note: one.note ?? null })),
  fix: finding.fix === null ? null : fixOf(finding.fix),
})

const fixOf = ({ summary, commands, policy, automatic }: Fix) => ({
  summary,
  commands,
  policy: policy ?? null,
  automatic,
})

function summaryOf(findings: readonly Finding[]) {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length
  return {
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    unknown: count('unknown'),
    skip: count('skip'),
    ignored: count('ignored'),
  }
}

const errorOf = (error: SqsTriggerError) => ({
  code: error.code,
  message: error.message,
  hint: error.hint ?? null,
  aws: error.aws === undefined ? null : { ...unsaid, ...error.aws },
})

/** What the network or the SDK leaves out of an answer. */
const unsaid = { httpStatus: null, requestId: null, attempts: null }
