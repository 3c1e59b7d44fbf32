import { type Baseline, isOpen, keyOfFinding } from './baseline.js'
import { healthOf, noCounts, rankOf } from './health.js'
import type {
  AuditedPlace,
  AuditResult,
  AuditSummary,
  BaselineOutcome,
  Health,
  RuleCount,
} from './results.js'

/** Counts what was found. */
export function summarise(
  { mappings, queues, functions, roles }: Omit<AuditResult, 'summary'>,
  spent: Pick<AuditSummary, 'calls' | 'elapsedMs'>,
): AuditSummary {
  const byHealth: Record<Health, number> = { error: 0, warning: 0, unknown: 0, healthy: 0 }
  const findings = { ...noCounts }
  const rules = new Map<string, RuleCount>()
  for (const audited of mappings) {
    byHealth[audited.health] += 1
    findings.pass += audited.counts.pass
    findings.warn += audited.counts.warn
    findings.fail += audited.counts.fail
    findings.unknown += audited.counts.unknown
    findings.skip += audited.counts.skip
    findings.ignored += audited.counts.ignored
    for (const { rule, severity, status } of audited.findings.filter(isOpen)) {
      const before = rules.get(`${rule} ${status}`)?.mappings ?? 0
      rules.set(`${rule} ${status}`, { rule, severity, status, mappings: before + 1 })
    }
  }
  return {
    mappings: mappings.length,
    queues: queues.length,
    deadLetterQueues: queues.filter(({ isDeadLetterQueue }) => isDeadLetterQueue).length,
    functions: functions.length,
    roles: roles.length,
    byHealth,
    findings,
    rules: [...rules.values()].toSorted(
      (a, b) => rankOf(healthOf(a)) - rankOf(healthOf(b)) || b.mappings - a.mappings,
    ),
    ...spent,
  }
}

/** What became of the findings of an earlier audit. Of places that were not read to their end nothing is gone. */
export function concludeBaseline(
  { file, findings }: Baseline,
  { found, places }: { readonly found: ReadonlySet<string>; readonly places: readonly AuditedPlace[] },
): BaselineOutcome {
  const before = new Map(findings.map((finding) => [keyOfFinding(finding), finding]))
  const read = new Set(
    places.filter(({ status }) => status === 'read').map(({ account, region }) => `${account} ${region}`),
  )
  const wasRead = (functionArn: string) => {
    const [, , , region, account] = functionArn.split(':')
    return read.has(`${account} ${region}`)
  }
  const known = [...before.keys()].filter((key) => found.has(key)).length
  const gone = [...before].filter(([key, { functionArn }]) => !found.has(key) && wasRead(functionArn)).length
  return { file, known, added: found.size - known, gone }
}
