import type { Rule } from '../preflight/rule.js'
import { rules } from '../preflight/rules/index.js'

/** What was asked for, and what a creation needs, says nothing of a mapping that works. */
const groups: readonly Rule['group'][] = [
  'placement',
  'queue',
  'key',
  'function',
  'role',
  'mapping',
  'loops',
  'audit',
]
const aboutCreation: readonly string[] = ['mapping-exists', 'mapping-differs']

/** Slugs of the rules that a mapping can break after it was made. */
export const mappingRules: readonly string[] = rules
  .filter(({ slug, group }) => groups.includes(group) && !aboutCreation.includes(slug))
  .map(({ slug }) => slug)
