import type { RepairTold } from '../outcome.js'
import { beside, fill, type Page, shown } from '../page.js'
import { callLines } from './call-lines.js'
import { commandLines } from './command-lines.js'
import { labelled } from './labelled.js'
import { joined } from './sentences.js'

/** Which of several repairs this is, from 1. */
export interface Place {
  readonly position: number
  readonly of: number
}

/** One repair before it is made: what, for which findings, the calls with the full JSON, and what else it touches. */
export function repairLines(page: Page, told: RepairTold, { position, of }: Place): readonly string[] {
  const { repair, calls } = told
  if (repair.refusal !== null) return refusedLines(page, told, repair.refusal)
  const which = of === 1 ? 'Fix' : `Fix ${position} of ${of}`
  return [
    ...fill(page, `${which}: ${shown(page, repair.summary)}`, 0, 2).map(page.paint.strong),
    ...labelled(page, 'For', joined(repair.rules)),
    ...repair.effects.flatMap((effect) => labelled(page, 'Note', effect)),
    ...calls.flatMap((call) => callLines(page, call, 2)),
  ]
}

/** Every repair as a dry run shows it; those that would not be made come last. */
export function plannedRepairLines(page: Page, repairs: readonly RepairTold[]): readonly string[] {
  const possible = repairs.filter(({ outcome }) => outcome === 'planned')
  const refused = repairs.filter(({ outcome }) => outcome === 'refused')
  const blocks = [...possible, ...refused].map((told, index) =>
    repairLines(page, told, { position: index + 1, of: possible.length }),
  )
  return blocks.flatMap((block) => ['', ...block])
}

/**
 * What became of the repairs, below the answer: what was changed, and what was not. One command undoes all of a run,
 * and stands there once.
 */
export function repairsLines(page: Page, repairs: readonly RepairTold[]): readonly string[] {
  const made = repairs.filter(({ outcome }) => outcome === 'made')
  const undo = made[0]?.undo ?? null
  const alone = made.length === 1
  const blocks = repairs.map((told) => [
    ...endLines(page, told),
    ...(alone && undo !== null && told.outcome === 'made' ? undoLines(page, 'Undo', undo, 2) : []),
  ])
  const below = alone || undo === null ? [] : [undoLines(page, 'Undo all fixes', undo, 0)]
  return [...blocks, ...below].flatMap((lines) => ['', ...lines])
}

function endLines(page: Page, told: RepairTold): readonly string[] {
  const { repair, outcome, pending = [] } = told
  const { pass, skip, unknown } = page.glyphs.status
  const summary = shown(page, repair.summary)
  if (repair.refusal !== null) return refusedLines(page, told, repair.refusal)
  if (outcome === 'declined')
    return fill(page, `${beside(page, skip)}Not fixed, because you said no: ${summary}`, 0, 2).map(
      page.paint.caution,
    )
  if (pending.length > 0) {
    return [
      ...fill(page, `${beside(page, unknown)}Changed, but not seen to be fixed: ${summary}`, 0, 2).map(
        page.paint.caution,
      ),
      ...labelled(page, 'Open', joined(pending)),
    ]
  }
  return fill(page, `${beside(page, pass)}Fixed: ${summary}`, 0, 2).map(page.paint.good)
}

function undoLines(page: Page, label: string, undo: string, indent: number): readonly string[] {
  const command = shown(page, undo)
  const lead = `${' '.repeat(indent)}${label}`
  if (page.accessible) return [`${lead}:`, ...commandLines(page, command, indent + 2).map(page.paint.command)]
  if (lead.length + 2 + command.length <= page.columns) return [`${lead}  ${page.paint.command(command)}`]
  return [lead, ...commandLines(page, command, indent + 2).map(page.paint.command)]
}

function refusedLines(page: Page, { repair }: RepairTold, refusal: string): readonly string[] {
  const { skip } = page.glyphs.status
  return [
    ...fill(page, `${beside(page, skip)}Not fixed: ${shown(page, repair.summary)}`, 0, 2).map(
      page.paint.caution,
    ),
    ...labelled(page, 'For', joined(repair.rules)),
    ...labelled(page, 'Why', refusal),
  ]
}
