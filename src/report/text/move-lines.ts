import { nameIn } from '../../arn.js'
import type { MovePlan, MoveResult } from '../../operations/mapping-results.js'
import type { Outcome } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { dryRunLines } from './call-lines.js'
import { findingsLines } from './findings.js'
import { linkLines } from './link-lines.js'
import { fieldLines, pair, settingsOf } from './mapping-lines.js'
import { marked } from './marked.js'
import { counted, elapsed } from './sentences.js'

/** What is about to be made and deleted, in its order. */
export function moveIntentLines(page: Page, plan: MovePlan, verb: 'Will' | 'Would'): readonly string[] {
  const { wiring, unwiring, oldFirst, changes } = plan
  const judged = [...findingsLines(page, wiring.findings, false), '']
  if (wiring.outcome !== 'create' && wiring.outcome !== 'unchanged') return judged
  const { queueArn, functionArn } = wiring.target
  const target = pair(page, { queueArn: queueArn ?? '', functionArn: functionArn ?? '' })
  const made =
    wiring.outcome === 'unchanged'
      ? `keep the event source mapping that is there: ${target}`
      : `create an event source mapping: ${target}`
  const old = `event source mapping ${unwiring.mapping.uuid}: ${pair(page, unwiring.mapping)}`
  const gone = oldFirst ? `delete ${old}` : `delete ${old}, when its queue has been empty for a minute`
  const steps = oldFirst ? [gone, made] : [made, gone]
  return [
    ...(changes.length === 0 ? [] : judged),
    `${verb} do this, in this order:`,
    ...steps.flatMap((step, index) => fill(page, shown(page, `${index + 1}. ${step}`), 2, 5)),
  ]
}

export function movePlanLines(
  page: Page,
  { plan, calls }: Extract<Outcome, { kind: 'move-plan' }>,
): readonly string[] {
  return [...moveIntentLines(page, plan, 'Would'), ...dryRunLines(page, calls)]
}

/** Only where the old one went first: otherwise its queue was waited for. */
function leftLines(page: Page, { left, old }: MoveResult): readonly string[] {
  if (left === null) return []
  const stay = left.visible + left.inFlight + left.delayed
  if (stay === 0) return []
  const text = `About ${counted(stay, 'message')} stayed in ${nameIn(old.queueArn)}, and this mapping does not read them.`
  return marked(page, 'warn', text)
}

export function movedLines(
  page: Page,
  { result, links }: Extract<Outcome, { kind: 'moved' }>,
): readonly string[] {
  const { mapping, old, waitedMs } = result
  const after = waitedMs >= 1000 ? ` after ${elapsed(waitedMs)}` : ''
  return [
    ...marked(page, 'pass', `${pair(page, mapping)} is ${mapping.state}${after}`),
    ...fieldLines(page, [
      ['Mapping', mapping.uuid],
      ['Settings', settingsOf(mapping).join(page.glyphs.between)],
      ['Deleted', `${old.uuid}, of queue ${nameIn(old.queueArn)}; the queue stays`],
    ]),
    ...leftLines(page, result),
    ...(links === null ? [] : linkLines(page, links)),
  ]
}
