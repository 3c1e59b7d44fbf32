import { didYouMean } from './suggest.js'
import { quoted, usageError } from './usage-error.js'

/**
 * Refuses slugs that no rule has: a misspelt one would leave its rule in force without a word.
 * @throws SqsTriggerError USAGE
 */
export async function checkRuleNames(slugs: readonly string[]): Promise<void> {
  if (slugs.length === 0) return
  const { rules } = await import('../preflight/rules/index.js')
  const known = rules.map(({ slug }) => slug)
  const unknown = slugs.find((slug) => !known.includes(slug))
  if (unknown !== undefined) {
    throw usageError(`--ignore: there is no rule ${quoted(unknown)}${didYouMean(unknown, known)}`)
  }
}
