import type { FactName, Facts, FactValues } from './facts.js'
import type { Finding, FindingStatus, Subject } from './finding.js'
import type { Assessment, Rule, RuleContext } from './rule.js'
import { tellGap } from './tell-gap.js'

/**
 * Judges one rule: pure, and always an answer. A fact that is absent makes it `skip`, one that could not be read
 * `unknown`; a rule that AWS itself enforces is never `ignored`.
 */
export function judge(
  rule: Rule,
  facts: Facts,
  context: RuleContext,
  ignore: readonly string[] = [],
): Finding {
  const assessment = assess(rule, facts, context)
  const status = statusOf(rule, assessment)
  const ignored =
    ignore.includes(rule.slug) && !rule.enforcedByAws && ['fail', 'warn', 'unknown'].includes(status)
  return {
    rule: rule.slug,
    group: rule.group,
    status: ignored ? 'ignored' : status,
    severity: rule.severity,
    subject: { kind: rule.subject, arn: subjectArn(rule.subject, context) },
    message: assessment.message,
    why: rule.why,
    observed: assessment.grounds.observed ?? null,
    expected: assessment.grounds.expected ?? null,
    certainty: certaintyOf(assessment),
    assumptions: assessment.grounds.assumptions ?? [],
    evidence: assessment.grounds.evidence ?? [],
    gap: status === 'unknown' ? (assessment.gap ?? null) : null,
    fix: assessment.fix,
    docs: `docs/rules/${rule.slug}.md`,
  }
}

function assess(rule: Rule, facts: Facts, context: RuleContext): Assessment {
  const values: Partial<Record<FactName, unknown>> = {}
  let open: Assessment | undefined
  for (const name of rule.needs) {
    const fact = facts[name]
    // What is not there decides before what cannot be read: without a key there is nothing to decrypt.
    if (fact.state === 'absent') return skipped(sentence(fact.reason))
    if (fact.state === 'known') values[name] = fact.value
    else {
      const { reason, permission = null, class: unknownClass = 'core' } = fact
      const told = tellGap({ problem: rule.title, reason, permission, class: unknownClass })
      open ??= { kind: 'unknown', ...told, grounds: {}, fix: null }
    }
  }
  if (open !== undefined) {
    const moot = rule.moot(values as Partial<FactValues>, context)
    return moot === undefined ? open : skipped(moot)
  }
  // Every fact that the rule declared is there; it is typed to look at no other.
  return rule.assess(values as FactValues, context)
}

function statusOf(rule: Rule, { kind }: Assessment): FindingStatus {
  if (kind === 'good') return 'pass'
  if (kind === 'bad') return rule.severity === 'error' ? 'fail' : 'warn'
  return kind
}

function certaintyOf({ kind, grounds }: Assessment): Finding['certainty'] {
  if (kind === 'unknown' || kind === 'skip') return 'none'
  // What is not a permission was just read from AWS.
  return grounds.certainty ?? 'live'
}

function subjectArn(kind: Subject['kind'], context: RuleContext): string {
  switch (kind) {
    case 'caller':
      return context.callerArn
    case 'queue':
    case 'mapping':
      return context.queueArn
    case 'function':
      return context.functionArn
    case 'role':
      return context.roleArn ?? ''
    case 'key':
      return context.customerKeyArn ?? ''
  }
}

const skipped = (message: string): Assessment => ({ kind: 'skip', message, grounds: {}, fix: null })

const sentence = (reason: string) => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
