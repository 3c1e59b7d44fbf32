import type { ChangeMade } from '../../change.js'
import type { JournalEntry } from '../../journal.js'
import type { RollbackPlan, UndoStep } from '../../operations/results.js'
import { isOpen } from '../left-behind.js'
import type { ApiCall, Outcome } from '../outcome.js'
import { beside, fill, type Page, shown } from '../page.js'
import { callLines } from './call-lines.js'
import { doneWords, holderOf, intendedWords, subjectOf } from './change-words.js'
import { labelled } from './labelled.js'
import { type Column, tableLines } from './table.js'

/** What can be undone: one row an entry of the journal. */
export function rollbackListLines(page: Page, entries: readonly JournalEntry[]): readonly string[] {
  if (entries.length === 0) return []
  const columns: readonly Column[] = [
    { title: 'ID', dispensable: 0 },
    // The id tells it, too, to who knows how to read it.
    { title: 'WHEN', dispensable: 3 },
    { title: 'ACCOUNT', dispensable: 1 },
    { title: 'REGION', dispensable: 2 },
    { title: 'CHANGED', dispensable: 0, shortens: 'first' },
  ]
  return tableLines(page, columns, entries.map(rowOf))
}

function rowOf({ id, startedAt, account, region, endpoint, changes }: JournalEntry): readonly string[] {
  const open = changes
    .filter(({ state }) => state !== 'undone' && state !== 'never-made')
    .map(({ change }) => holderOf(change))
  // What was changed in a sandbox is no change in the account whose number it has.
  const where = endpoint === null ? region : `${region}, not AWS`
  return [id, minuteOf(startedAt), account, where, [...new Set(open)].join(', ')]
}

/** `2026-11-23 08:40 UTC`. */
const minuteOf = (iso: string) => iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, '$1 $2 UTC')

/** Each step with its full JSON, and what stays with the reason: before the question, and for a dry run. */
export function rollbackPlanLines(
  page: Page,
  { entry, steps }: RollbackPlan,
  calls: readonly ApiCall[],
  verb: 'Will' | 'Would',
): readonly string[] {
  const undone = steps.filter(({ undo }) => undo !== null)
  const lead = undone.length === 0 ? 'Nothing can be undone of' : `${verb} undo`
  return [
    ...fill(page, shown(page, `${lead} ${entry.id}, made ${minuteOf(entry.startedAt)}`), 0, 2).map(
      page.paint.strong,
    ),
    ...undone.flatMap(({ undo, effects = [] }, index) => {
      const call = calls[index]
      if (undo === null) return []
      return [
        '',
        ...fill(page, shown(page, `${index + 1}. ${capital(intendedWords(undo))}`), 0, 3),
        ...effects.flatMap((effect) => labelled(page, 'Note', effect)),
        ...(call === undefined ? [] : callLines(page, call, 2)),
      ]
    }),
    ...stayingLines(page, steps),
  ]
}

/** What was undone, and what stays and why. */
export function rolledBackLines(
  page: Page,
  { result: { journalId, made, steps } }: Extract<Outcome, { kind: 'rolled-back' }>,
): readonly string[] {
  const undone = steps.flatMap(({ undo, effects = [] }) => (undo === null ? [] : [{ undo, effects }]))
  return [
    ...headOf(page, journalId, steps),
    ...made.flatMap((one, index) => {
      const { undo, effects } = undone[index] ?? { effects: [] }
      const words = undo === undefined ? plainWords(one) : doneWords(undo, one)
      return [
        ...fill(page, shown(page, words), 2, 4),
        ...effects.flatMap((effect) => labelled(page, 'Note', effect)),
      ]
    }),
    ...stayingLines(page, steps),
  ]
}

/** What stays because it has to, as a queue does, makes an entry no less undone. */
function headOf(page: Page, journalId: string, steps: readonly UndoStep[]): readonly string[] {
  const { pass, skip } = page.glyphs.status
  const id = shown(page, journalId)
  const said = (text: string) => fill(page, text, 0, 2)
  if (steps.every(({ undo }) => undo === null))
    return said(`${beside(page, skip)}Nothing of ${id} was undone`).map(page.paint.caution)
  return steps.some(isOpen)
    ? said(`${beside(page, skip)}Only a part of ${id} was undone`).map(page.paint.caution)
    : said(`${pass} ${id} is undone`).map(page.paint.good)
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const plainWords = ({ action, type, id }: ChangeMade) => `${action} ${type.replaceAll('-', ' ')} ${id}`

function stayingLines(page: Page, steps: readonly UndoStep[]): readonly string[] {
  return steps
    .filter(({ undo }) => undo === null)
    .flatMap(({ change, reason }) => [
      '',
      ...fill(
        page,
        `${beside(page, page.glyphs.status.skip)}Left as it is: ${shown(page, subjectOf(change))}`,
        0,
        2,
      ).map(page.paint.caution),
      ...(reason === null ? [] : labelled(page, 'Why', reason)),
    ])
}
