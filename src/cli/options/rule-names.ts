import type { WireRequest } from '../../operations/requests.js'
import { didYouMean } from '../../suggest.js'
import type { CommandContext } from '../command-context.js'
import { quoted, usageError } from '../usage-error.js'

/**
 * Refuses slugs that no rule has: a misspelt one would leave its rule in force without a word.
 * Those that AWS enforces are judged all the same, and `reporter` is told.
 * @throws SqsTriggerError USAGE
 */
export async function checkRuleNames(
  { ignore, only }: Pick<WireRequest, 'ignore' | 'only'>,
  { reporter }: Pick<CommandContext, 'reporter'>,
): Promise<void> {
  const named = [...ignore, ...only]
  if (named.length === 0) return
  const { rules } = await import('../../preflight/rules/index.js')
  const known = rules.map(({ slug }) => slug)
  const unknown = named.find((slug) => !known.includes(slug))
  if (unknown !== undefined) {
    const flag = ignore.includes(unknown) ? '--ignore' : '--only'
    throw usageError(`${flag}: there is no rule ${quoted(unknown)}${didYouMean(unknown, known)}`)
  }
  for (const slug of new Set(ignore)) {
    if (!rules.some((rule) => rule.slug === slug && rule.enforcedByAws)) continue
    const message = `--ignore ${slug} has no effect: AWS itself enforces this rule, so it cannot be ignored.`
    reporter.on({ type: 'warning', message })
  }
}
