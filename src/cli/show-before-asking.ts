import type { PlanToShow } from '../report/reporter.js'
import type { CommandContext } from './command-context.js'

/**
 * What is about to be changed, before it is. Where a question follows, a person must have seen it whatever the form of
 * the answer: only text has a place of its own for it, so for the others it goes to stderr, beside the question.
 */
export async function showBeforeAsking(
  plan: Extract<PlanToShow, { readonly asking: boolean }>,
  { reporter, streams, globals }: CommandContext,
): Promise<void> {
  reporter.plan(plan)
  const inText = !globals.json && (globals.output ?? 'text') === 'text'
  if (inText || !plan.asking) return
  const [{ openPage }, { plainPalette }, { plannedLines }] = await Promise.all([
    import('../report/page.js'),
    import('../report/palette.js'),
    import('../report/text/planned-lines.js'),
  ])
  const { columns, unicode } = streams.stderr
  const page = openPage(columns, unicode, plainPalette)
  for (const line of plannedLines(page, plan, false)) streams.stderr.write(`${line}\n`)
}
