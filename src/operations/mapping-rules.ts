import type { Group } from '../preflight/finding.js'
import { rules } from '../preflight/rules/index.js'

/** Who wants to create it, and the message to be sent, say nothing of a mapping that works. */
const groupsElsewhere: readonly Group[] = ['caller', 'test-message']
const aboutCreation: readonly string[] = ['mapping-exists', 'mapping-differs']
/** A mapping that is there is without its queue or function: that is the failure, not that these were not found. */
const aboutEnds: readonly string[] = ['queue-not-found', 'function-not-found']

/** Slugs of the rules that a mapping can break after it was made. */
export const mappingRules: readonly string[] = rules
  .filter(
    ({ slug, group }) => !groupsElsewhere.includes(group) && ![...aboutCreation, ...aboutEnds].includes(slug),
  )
  .map(({ slug }) => slug)
