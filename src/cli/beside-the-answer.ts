import type { RepairTold } from '../report/outcome.js'
import { fill, type Page, pageOn, shown } from '../report/page.js'
import { plainPalette } from '../report/palette.js'
import type { PlanToShow } from '../report/reporter.js'
import type { CommandContext } from './command-context.js'

type Told = Pick<CommandContext, 'reporter' | 'streams' | 'globals'>

/**
 * What is about to be changed, before it is. Only text has a place of its own for it. For the other forms it goes to
 * stderr where a question follows, and where the document says nothing of it.
 */
export async function showBeforeAsking(
  plan: Extract<PlanToShow, { readonly asking: boolean }>,
  context: Told,
): Promise<void> {
  context.reporter.plan(plan)
  const asking = plan.asking && formOf(context) !== 'text'
  if (!asking && !needsWords(context)) return
  const { plannedLines } = await import('../report/text/planned-lines.js')
  writeBeside(plannedLines(pageOf(context), plan, false), context)
}

/** What was repaired, and how it is undone, where the document has no place for it. */
export async function showRepaired(repairs: readonly RepairTold[], context: Told): Promise<void> {
  if (!needsWords(context)) return
  const { repairsLines } = await import('../report/text/repair-lines.js')
  writeBeside(repairsLines(pageOf(context), repairs), context)
}

/** Sentences that every run is told, on stderr in every form; --quiet leaves them out. */
export function tellBeside(lines: readonly string[], context: Told): void {
  if (formOf(context) === 'text') for (const line of lines) context.reporter.note(line)
  else if (!context.globals.quiet) {
    const page = pageOf(context)
    writeBeside(
      lines.flatMap((line) => fill(page, shown(page, line), 0, 2)),
      context,
    )
  }
}

const formOf = ({ globals }: Told) => (globals.json ? 'json' : (globals.output ?? 'text'))

/** JSON holds every repair with its calls; the forms of other tools have no member for that. */
const needsWords = (context: Told) =>
  !context.globals.quiet && !['text', 'json', 'ndjson'].includes(formOf(context))

const pageOf = ({ streams }: Told): Page => pageOn(streams.stderr, plainPalette)

function writeBeside(lines: readonly string[], { streams }: Told): void {
  for (const line of lines) streams.stderr.write(`${line}\n`)
}
