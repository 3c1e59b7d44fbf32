import type { SqsTriggerError } from '../errors.js'
import type { Finding, FindingStatus } from '../preflight/finding.js'
import type { Outcome } from './outcome.js'
import type { Ending } from './reporter.js'
import { resultOf } from './result.js'
import type { RunRecord } from './run-record.js'

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
  return {
    schemaVersion: '1.0',
    tool: { name: 'sqs-trigger', version: frame.version },
    command: frame.command,
    ok: ending.exitCode === 0,
    exitCode: ending.exitCode,
    exitName: ending.exitName,
    dryRun: frame.dryRun,
    context: record.context,
    target: record.target,
    result: outcome === null ? null : resultOf(outcome),
    changed: record.changed,
    findings: findings.map(findingOf),
    summary: summaryOf(findings),
    warnings: record.warnings,
    error: error === null ? null : errorOf(error),
    timing: { startedAt: frame.startedAt, elapsedMs: frame.elapsedMs },
  }
}

/** The findings as the command returned them: an ignored one may differ from how it was judged. */
function findingsOf(outcome: Outcome, record: RunRecord): readonly Finding[] {
  if (outcome.kind === 'preflight') return outcome.report.findings
  return outcome.kind === 'wire-plan' || outcome.kind === 'wired' ? outcome.plan.findings : record.findings
}

/** Every member of every finding, null where there is none: `undefined` would be missing. */
const findingOf = (finding: Finding) => ({
  ...finding,
  observed: finding.observed ?? null,
  expected: finding.expected ?? null,
  fix: finding.fix === null ? null : { ...finding.fix, policy: finding.fix.policy ?? null },
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
  aws: error.aws ?? null,
})
