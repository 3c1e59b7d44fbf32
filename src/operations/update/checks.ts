import type { MappingUpdate } from '../../mapping-update.js'
import type { Rule } from '../../preflight/rule.js'

/** That it exists otherwise than asked for is why it is changed. */
const aboutExisting: readonly string[] = ['mapping-exists', 'mapping-differs']
/** The mapping itself would count as another consumer of its queue, because it calls the old function still. */
const aboutOthers = 'queue-has-other-consumers'

/**
 * Slugs of the rules that a change of a mapping has to pass: those about its settings, and where AWS looks at queue,
 * function and role again, those about them, too. Empty: nothing that a rule judges is changed.
 */
export async function checksOf({ settings, clear, functionArn }: MappingUpdate): Promise<readonly string[]> {
  const { enabled, tags: _, ...others } = settings
  const lookedAtAgain = enabled === true || functionArn !== undefined
  if (!lookedAtAgain && Object.keys(others).length === 0 && clear.length === 0) return []
  const { rules } = await import('../../preflight/rules/index.js')
  const groups: readonly Rule['group'][] = lookedAtAgain
    ? ['placement', 'queue', 'key', 'function', 'role', 'mapping', 'loops']
    : ['mapping']
  return rules
    .filter(({ slug, group }) => groups.includes(group) || slug === 'maximum-concurrency-above-reserved')
    .map(({ slug }) => slug)
    .filter((slug) => !aboutExisting.includes(slug))
    .filter((slug) => functionArn === undefined || slug !== aboutOthers)
}
