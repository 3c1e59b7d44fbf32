import type { Facts } from './facts.js'
import type { Finding, FindingStatus } from './finding.js'
import { judge } from './judge.js'
import type { Rule, RuleContext } from './rule.js'

/** Judges one rule after others: one cause is one failure, told by the rule that says what to do about it first. */
export function judgeInTurn(
  rule: Rule,
  before: readonly Finding[],
  facts: Facts,
  context: RuleContext,
  ignore: readonly string[] = [],
): Finding {
  const finding = judge(rule, facts, context, ignore)
  const told = before.find(({ rule: slug, status }) => status === 'fail' && rule.yieldsTo?.includes(slug))
  if (told !== undefined && opens.has(finding.status))
    return skippedFor(finding, `The rule ${told.rule} says it already.`)
  return isAboutUnseenMapping(finding, before) ? skippedFor(finding, unseenMapping) : finding
}

/**
 * Who wants to connect a pair does not ask how a mapping fares that nobody has seen: that there may be one is said once,
 * by the rule that looks for it.
 */
const isAboutUnseenMapping = ({ group, status, gap }: Finding, before: readonly Finding[]) =>
  group === 'audit' &&
  status === 'unknown' &&
  before.some((other) => other.rule === 'mapping-exists' && other.gap?.reason === gap?.reason)

const unseenMapping =
  'It is about a mapping that exists already, and mapping-exists could not tell whether one does.'

function skippedFor(finding: Finding, message: string): Finding {
  return {
    ...finding,
    status: 'skip',
    message,
    observed: null,
    expected: null,
    certainty: 'none',
    assumptions: [],
    evidence: [],
    gap: null,
    fix: null,
  }
}

/** What a person would have to look into: of a cause that was told there is nothing more to find. */
const opens: ReadonlySet<FindingStatus> = new Set<FindingStatus>(['fail', 'warn', 'unknown'])
