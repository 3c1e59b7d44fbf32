import { explainMismatch } from './explain-mismatch.js'
import { matches } from './match.js'
import { type FieldRule, type FieldsPattern, type Pattern, parsePattern } from './pattern.js'
import { isTaggedObject, readTaggedJson } from './tagged-json.js'

export interface MessageVerdict {
  /** `invalid`: nothing certain can be said, because of a pattern or of what AWS does not document. */
  readonly verdict: 'kept' | 'deleted' | 'invalid'
  /** Position from 1 of the filter that keeps it; null otherwise. */
  readonly filter: number | null
  /** One sentence: why. */
  readonly reason: string
}

/**
 * What the filters of a mapping do with a message: it is kept when one of them fits, and deleted from the queue
 * otherwise. Without filters every message is kept.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function judgeMessage(filters: readonly string[], message: { readonly body: string }): MessageVerdict {
  if (filters.length === 0) return kept(null, 'No filter applies: every message reaches the function.')
  const patterns: Pattern[] = []
  for (const [index, text] of filters.entries()) {
    const pattern = parsePattern(text)
    if ('problem' in pattern) {
      return unsure(`${nameOf(index, filters)} is not valid: ${pattern.problem}.`)
    }
    patterns.push(pattern)
  }
  const answers = patterns.map((pattern) => fits(pattern, message.body))
  const keeper = answers.indexOf('yes')
  if (keeper >= 0) return kept(keeper + 1, `${nameOf(keeper, filters)} fits.`)
  const open = answers.indexOf('unsure')
  const doubtful = patterns[open]
  if (doubtful !== undefined) {
    return unsure(`${nameOf(open, filters)} may fit: ${whyUnsure(doubtful, message.body)}.`)
  }
  return { verdict: 'deleted', filter: null, reason: whyDeleted(patterns, message.body) }
}

const kept = (filter: number | null, reason: string): MessageVerdict => ({ verdict: 'kept', filter, reason })
const unsure = (reason: string): MessageVerdict => ({ verdict: 'invalid', filter: null, reason })

const nameOf = (index: number, filters: readonly unknown[]) =>
  filters.length === 1 ? 'The filter' : `Filter ${index + 1}`

function whyDeleted(patterns: readonly Pattern[], body: string): string {
  const reasons = patterns.map(({ root }) => explainMismatch(root, body))
  const [only = ''] = reasons
  // A path stays as it is written.
  const start = only.startsWith('body') ? only.charAt(0) : only.charAt(0).toUpperCase()
  if (patterns.length === 1) return `${start}${only.slice(1)}.`
  const each = reasons.map((reason, index) => `filter ${index + 1}: ${reason}`)
  return `No filter fits: ${each.join('; ')}.`
}

/**
 * Where AWS does not say what it does, both ways are tried; when they agree it does not matter. Every part of a
 * pattern only ever adds to what fits, so that the two ways bound all others.
 */
function fits(pattern: Pattern, body: string): 'yes' | 'no' | 'unsure' {
  const most = supposing(pattern, true)
  // As text the rules for text decide; as JSON only those hold that ask for nothing to be there.
  if (scalarOf(body) !== undefined) {
    return matches(most, { body }) || matches(most, { body: '{}' }) ? 'unsure' : 'no'
  }
  if (!matches(most, { body })) return 'no'
  return matches(supposing(pattern, false), { body }) ? 'yes' : 'unsure'
}

function supposing(pattern: Pattern, holds: boolean): Pattern {
  return { ...pattern, root: rootSupposing(pattern.root, holds) }
}

/** For SQS, AWS supports the body alone; what becomes of rules for other keys is not documented. */
function rootSupposing({ fields, alternatives }: FieldsPattern, holds: boolean): FieldsPattern {
  const judged = holds ? fields.filter(([name]) => name === 'body') : fields
  return {
    fields: judged.map(([name, rule]) => [
      name,
      name === 'body' ? ruleSupposing(rule, holds) : { tests: [] },
    ]),
    alternatives: alternatives.map((list) => list.map((alternative) => rootSupposing(alternative, holds))),
  }
}

/** Operators that EventBridge has and Lambda does not list may do what they do there, or nothing. */
function ruleSupposing(rule: FieldRule, holds: boolean): FieldRule {
  if ('tests' in rule) {
    return {
      tests: rule.tests.map((test) => (test.unlisted === undefined ? test : { ...test, holds: () => holds })),
    }
  }
  return {
    fields: rule.fields.map(([name, inner]) => [name, ruleSupposing(inner, holds)] as const),
    alternatives: rule.alternatives.map((list) =>
      list.map((alternative) => fieldsSupposing(alternative, holds)),
    ),
  }
}

function fieldsSupposing(fields: FieldsPattern, holds: boolean): FieldsPattern {
  const rule = ruleSupposing(fields, holds)
  return 'tests' in rule ? fields : rule
}

function whyUnsure({ keys, unlistedOperators }: Pattern, body: string): string {
  const others = keys.filter((key) => key !== 'body')
  if (others.length > 0) return `it looks at ${others.join(', ')}, and AWS supports the body alone`
  if (unlistedOperators.length > 0) {
    return `it uses ${unlistedOperators.join(', ')}, which AWS does not list for Lambda`
  }
  return `the body is ${scalarOf(body) ?? 'a single value'} as JSON, and AWS does not say whether that counts as JSON or as text`
}

/** A body that is JSON, and neither an object nor an array: in words. */
function scalarOf(body: string): string | undefined {
  const content = readTaggedJson(body)
  if (content === undefined || Array.isArray(content) || isTaggedObject(content)) return undefined
  if (typeof content !== 'string') return String(content)
  return content.startsWith('s') ? 'a text' : 'a number'
}
