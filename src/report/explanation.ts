import type { KnownAnswer } from '../aws/known-answers.js'
import type { Explained, PastedError } from '../operations/explain-error.js'
import type { Finding } from '../preflight/finding.js'
import type { Rule } from '../preflight/rule.js'
import { rulePageOf } from './rule-page.js'

/** What `explain` was asked for, and found. */
export type Explanation =
  | { readonly of: 'rules'; readonly rules: readonly Rule[] }
  | { readonly of: 'rule'; readonly rule: Rule; readonly here: RuleHere | null }
  | { readonly of: 'answers'; readonly answers: readonly KnownAnswer[] }
  | {
      readonly of: 'answer'
      readonly answer: Pick<KnownAnswer, 'slug' | 'title' | 'code' | 'says'>
      readonly hint: string
      readonly rule: NextRule | null
    }
  /** `explained` null: nothing is known of the text. */
  | {
      readonly of: 'error'
      readonly found: PastedError
      readonly explained: Explained | null
      readonly rule: NextRule | null
      /** Other known errors in the text; no more than a person reads. */
      readonly others: readonly Explained[]
      /** How many more there are. */
      readonly more: number
    }

/** The rule judged for one queue and function. */
export interface RuleHere {
  readonly finding: Finding
  readonly queueArn: string
  readonly functionArn: string
  /** Judges the rule with settings; null: it judges none, or needs none any more. */
  readonly withSettings: string | null
}

/** A rule that looks for the cause of an error, and the command that tells of it. */
export interface NextRule {
  readonly slug: string
  readonly command: string
}

/** The `result` member of the document. */
export function explanationResult(explanation: Explanation): unknown {
  switch (explanation.of) {
    case 'rules':
      return { rules: explanation.rules.map(ruleSummary) }
    case 'rule':
      return { rule: ruleInFull(explanation.rule), status: explanation.here?.finding.status ?? null }
    case 'answers':
      return { answers: explanation.answers.map(answerSummary) }
    case 'answer': {
      const { answer, hint, rule } = explanation
      return { answer: { ...answerSummary(answer), hint, rule: rule?.slug ?? null } }
    }
    case 'error': {
      const { found, explained, others, more } = explanation
      const told = explained === null ? { found, answer: null } : explainedOf(explained)
      return { ...told, others: others.map(explainedOf), more }
    }
  }
}

const explainedOf = ({ aws, slug, code, message, hint, rule }: Explained) => ({
  found: aws,
  answer: { slug, code, message, hint, rule },
})

const ruleSummary = ({ slug, group, severity, title, enforcedByAws }: Rule) => ({
  slug,
  group,
  severity,
  title,
  enforcedByAws,
  docs: `docs/rules/${slug}.md`,
})

function ruleInFull(rule: Rule) {
  const items = (heading: string) =>
    rulePageOf(rule).sections.find((section) => section.heading === heading)?.items ?? []
  const { needs, why, sources } = rule
  const example = { objectsTo: items('Fails with'), accepts: items('Passes with') }
  return { ...ruleSummary(rule), reads: needs, why, example, sources }
}

const answerSummary = ({
  slug,
  title,
  code,
  says,
}: Pick<KnownAnswer, 'slug' | 'title' | 'code' | 'says'>) => ({
  slug,
  title,
  code,
  says: says ?? null,
})
