import { shown } from '../../shown.js'
import { advice } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'filter-key-not-body',
  group: 'mapping',
  title: 'A filter looks at something other than the body',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['settings'],
  why: 'For SQS, AWS supports filters on the body alone. What becomes of others is not documented, and a message that no filter matches is deleted.',
  example: {
    bad: { settings: { filters: ['{"messageAttributes":{"kind":{"stringValue":["order"]}}}'] } },
    good: { settings: { filters: ['{"body":{"kind":["order"]}}'] } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html'],
  judge: ({ settings: { filters = [] } }) => {
    if (filters.length === 0) return skip('No filter was asked for.')
    const keys = [...new Set(filters.flatMap((text) => keysOf(parsed(text))))]
    if (keys.length === 0) return skip('No filter names anything to look at.')
    const others = keys.filter((key) => key !== 'body')
    const grounds = { observed: keys, expected: ['body'] }
    return others.length === 0
      ? good(
          filters.length === 1 ? 'The filter looks at the body.' : 'The filters look at the body.',
          grounds,
        )
      : bad({ others }, grounds)
  },
  message: ({ others }, { queueName }) =>
    `A filter for queue ${queueName} looks at ${others.map((key) => shown(key)).join(', ')}; AWS supports the body alone.`,
  fix: () => advice('Put what the filter looks at into the body, as JSON: {"body":{"type":["order"]}}.'),
})

/** Keys at the top; `$or` holds patterns of its own. Whatever is no object has none: another rule says so. */
function keysOf(pattern: unknown): readonly string[] {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) return []
  return Object.entries(pattern).flatMap(([key, value]) =>
    key === '$or' && Array.isArray(value) ? value.flatMap(keysOf) : [key],
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
