import type { Finding } from './finding.js'

/**
 * How much may stay unknown. `core`: policies of the identity, the boundary, the queue, the key and the role's trust
 * must have been judged; `all`: guardrails that hardly anyone can read, and facts of the request, too.
 */
export const strictnesses = ['core', 'all'] as const
export type Strictness = (typeof strictnesses)[number]

/** The lowest severity that stops a run. `info` never does. */
export const failLevels = ['error', 'warning', 'never'] as const
export type FailOn = (typeof failLevels)[number]

/**
 * The findings as `strict` judges them: under `all`, a permission that is granted as far as can be seen, but that a
 * guardrail may still take away, is unknown. Anything else stays as it is; doing it twice changes nothing.
 * `titleOf` names what a rule looks for; default: its slug, in words.
 */
export function judgedStrictly(
  findings: readonly Finding[],
  strict: Strictness | undefined,
  titleOf: (rule: string) => string = inWords,
): readonly Finding[] {
  if (strict !== 'all') return findings
  return findings.map((finding) => (restsOnGuardrails(finding) ? leftOpen(finding, titleOf) : finding))
}

/**
 * The findings that stop a run: those that object at `failOn` or above and, under `strict`, those of the same severity
 * that are unknown. No status changes by it: an unknown that stops a run is still unknown.
 */
export function blocking(
  findings: readonly Finding[],
  bar: { readonly failOn: FailOn; readonly strict?: Strictness | undefined },
): readonly Finding[] {
  return findings.filter(({ status, severity, gap }) => {
    const counts = bar.failOn !== 'never' && (severity === 'error' || severity === bar.failOn)
    if (!counts) return false
    if (status !== 'unknown') return status === 'fail' || status === 'warn'
    // A finding that does not say what it left open is taken for the graver kind.
    return bar.strict === 'all' || (bar.strict === 'core' && (gap?.class ?? 'core') === 'core')
  })
}

/** What AWS just answered went through every guardrail; what was simulated or evaluated did not. */
const restsOnGuardrails = ({ status, certainty, assumptions }: Finding) =>
  status === 'pass' && assumptions.length > 0 && (certainty === 'simulated' || certainty === 'evaluated')

function leftOpen(finding: Finding, titleOf: (rule: string) => string): Finding {
  const problem = titleOf(finding.rule)
  const reason = `it passes only if ${finding.assumptions.map(clause).join(', and if ')}`
  return {
    ...finding,
    status: 'unknown',
    message: `"${problem}" cannot be ruled out: ${reason}.`,
    certainty: 'none',
    assumptions: [],
    gap: { problem, reason, permission: null, class: 'guardrail' },
  }
}

/** A sentence as the rest of another one; an abbreviation such as SCP keeps its capitals. */
const clause = (sentence: string) =>
  sentence.replace(/\.+$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

const inWords = (slug: string) => slug.replaceAll('-', ' ')
