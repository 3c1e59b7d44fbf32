import type { Facts } from './facts.js'
import type { Finding } from './finding.js'
import { judgeInTurn } from './judge-in-turn.js'
import type { Rule, RuleContext } from './rule.js'
import { rules } from './rules/index.js'
import { judgedStrictly, type Strictness } from './strictness.js'

export { judgeSamples } from './samples.js'

/** Which rules are asked, and how their answers are taken. */
interface Asked {
  readonly ignore: readonly string[]
  /** Empty: all. */
  readonly only: readonly string[]
  readonly strict?: Strictness
}

/** The findings of all rules that are asked, in their order, each as it is judged. */
export function* judgeRules(
  { ignore, only, strict }: Asked,
  facts: Facts,
  context: RuleContext,
): Generator<Finding, void> {
  const isAsked = ({ slug }: Rule) => only.length === 0 || only.includes(slug)
  const tellers = new Set(rules.filter(isAsked).flatMap(({ toldBy = [] }) => toldBy))
  const findings: Finding[] = []
  for (const rule of rules) {
    if (!isAsked(rule) && !tellers.has(rule.slug)) continue
    const judged = judgeInTurn(rule, findings, facts, context, ignore)
    const [finding = judged] = judgedStrictly([judged], strict, () => rule.title)
    // Whoever asks for one rule only must still hear of a cause that another rule tells in its place.
    if (!isAsked(rule) && finding.status !== 'fail') continue
    findings.push(finding)
    yield finding
  }
}
