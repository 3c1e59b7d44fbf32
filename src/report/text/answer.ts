import { nameIn } from '../../arn.js'
import type { Mapping } from '../../mapping.js'
import type { DrainResult, WaitResult } from '../../operations/mapping-results.js'
import type { ListResult, SendResult } from '../../operations/results.js'
import type { SampleVerdict } from '../../preflight/samples.js'
import type { Outcome } from '../outcome.js'
import { beside, fill, type Page, shown } from '../page.js'
import { possible, withoutFixes } from '../without-fixes.js'
import { dryRunLines } from './call-lines.js'
import { subjectOf } from './change-words.js'
import { explanationLines } from './explain-lines.js'
import { findingsLines } from './findings.js'
import { appliedFleetLines, plannedFleetLines } from './fleet-lines.js'
import { linkLines } from './link-lines.js'
import { fieldLines, pair, settingsOf } from './mapping-lines.js'
import { marked } from './marked.js'
import { movedLines, movePlanLines } from './move-lines.js'
import { planLines } from './plan-lines.js'
import { proofLines } from './proof.js'
import { peekLines, redrivenLines, redrivePlanLines } from './redrive-lines.js'
import { plannedRepairLines, repairsLines } from './repair-lines.js'
import { rollbackListLines, rollbackPlanLines, rolledBackLines } from './rollback-lines.js'
import { filteredLines, sampleLines } from './sample-lines.js'
import { counted, waited } from './sentences.js'
import { statusLines } from './status-lines.js'
import { type Column, tableLines } from './table.js'
import { updatedLines, updatePlanLines } from './update-lines.js'

/** The answer of a command as lines for stdout. */
export function answerLines(page: Page, outcome: Outcome, verbose: boolean): readonly string[] {
  switch (outcome.kind) {
    case 'preflight':
      return preflightLines(page, outcome, verbose)
    case 'wire-plan':
    case 'unwire-plan':
    case 'send-plan':
      return planLines(page, outcome)
    case 'wired':
      return wiredLines(page, outcome)
    case 'move-plan':
      return movePlanLines(page, outcome)
    case 'moved':
      return movedLines(page, outcome)
    case 'update-plan':
      return updatePlanLines(page, outcome)
    case 'updated':
      return updatedLines(page, outcome)
    case 'audit':
      return outcome.rendering.lines(page, outcome.audit)
    case 'list':
      return listLines(page, outcome.list)
    case 'status':
      return [...statusLines(page, outcome.status), ...(outcome.probe ? proofLines(page, outcome.probe) : [])]
    case 'waited':
      return waitedLines(page, outcome.result)
    case 'drained':
      return drainedLines(page, outcome.result)
    case 'sent':
      return sentLines(page, outcome.sent)
    case 'unwired':
      return unwiredLines(page, outcome)
    case 'wire-blocked':
      // The findings stand above; a blank line first would be all of it where nothing could be repaired.
      return repairsLines(page, outcome.repairs).slice(1)
    case 'rollback-list':
      return rollbackListLines(page, verbose ? [...outcome.entries, ...outcome.elsewhere] : outcome.entries)
    case 'rollback-plan':
      return [...rollbackPlanLines(page, outcome.plan, outcome.calls, 'Would'), ...dryRunLines(page, [])]
    case 'rolled-back':
      return rolledBackLines(page, outcome)
    case 'fleet-plan':
      return plannedFleetLines(page, outcome, verbose)
    case 'fleet-applied':
      return appliedFleetLines(page, outcome, verbose)
    case 'explained':
      return explanationLines(page, outcome.explanation)
    case 'peeked':
      return peekLines(page, outcome.peek)
    case 'redrive-plan':
      return redrivePlanLines(page, outcome)
    case 'redriven':
      return redrivenLines(page, outcome)
    case 'logs':
      // Each line was told as it came.
      return []
    case 'said':
      return typeof outcome.lines === 'function' ? outcome.lines(page) : outcome.lines
  }
}

function preflightLines(
  page: Page,
  { report, repairs = [] }: Extract<Outcome, { kind: 'preflight' }>,
  verbose: boolean,
): readonly string[] {
  const planned = possible(repairs)
  const dry = planned.length > 0
  // What stands below with its JSON need not stand here as a command, too.
  const findings = verbose ? report.findings : withoutFixes(report.findings, planned)
  return [
    ...findingsLines(page, findings, verbose),
    ...samplesBelow(page, report.samples),
    ...(dry ? [...plannedRepairLines(page, repairs), ...dryRunLines(page, [])] : repairsLines(page, repairs)),
  ]
}

function samplesBelow(page: Page, samples: readonly SampleVerdict[] = []): readonly string[] {
  return samples.length === 0 ? [] : ['', ...sampleLines(page, samples)]
}

function wiredLines(
  page: Page,
  { result, links, repairs = [] }: Extract<Outcome, { kind: 'wired' }>,
): readonly string[] {
  const { mapping, outcome, waitedMs, proof } = result
  const how =
    outcome === 'unchanged'
      ? `was wired already and is ${mapping.state}`
      : `is ${mapping.state}${after(page, waitedMs)}`
  return [
    ...good(page, `${pair(page, mapping)} ${how}`),
    ...fieldLines(page, [
      ['Mapping', mapping.uuid],
      ['Settings', settings(page, mapping)],
    ]),
    ...(proof === null ? [] : proofLines(page, proof)),
    ...(links === null ? [] : linkLines(page, links)),
    ...repairsLines(page, repairs),
  ]
}

function listLines(page: Page, { mappings }: ListResult): readonly string[] {
  if (mappings.length === 0) return []
  const columns: readonly Column[] = [
    { title: 'QUEUE', dispensable: 0, shortens: 'last' },
    { title: 'FUNCTION', dispensable: 0, shortens: 'last' },
    { title: 'STATE', dispensable: 0 },
    { title: 'BATCH', dispensable: 2 },
    { title: 'MAPPING', dispensable: 1 },
  ]
  const rows = mappings.map((mapping) => [
    nameIn(mapping.queueArn),
    nameIn(mapping.functionArn),
    mapping.state,
    String(mapping.batchSize),
    mapping.uuid,
  ])
  return tableLines(page, columns, rows)
}

function waitedLines(page: Page, { mapping, waitedMs }: WaitResult): readonly string[] {
  if (mapping === null) return [...good(page, `The mapping is deleted${after(page, waitedMs)}`)]
  return [
    ...good(page, `${pair(page, mapping)} is ${mapping.state}${after(page, waitedMs)}`),
    ...fieldLines(page, [['Mapping', mapping.uuid]]),
  ]
}

function drainedLines(page: Page, { mapping, waitedMs }: DrainResult): readonly string[] {
  return [
    ...good(page, `Queue ${nameIn(mapping.queueArn)} is empty${after(page, waitedMs)}`),
    ...fieldLines(page, [['Mapping', mapping.uuid]]),
  ]
}

function sentLines(
  page: Page,
  { queueArn, messages, refused, proof, samples = [] }: SendResult,
): readonly string[] {
  // The proof names its message by itself.
  const alone = proof !== null && messages.length === 1
  const ids = alone ? [] : messages.map(({ messageId }) => `  ${shown(page, messageId)}`)
  return [
    ...(messages.length === 0
      ? []
      : proof?.repeated
        ? marked(page, 'warn', `${nameIn(queueArn)} took the message for a repeated one, and dropped it`)
        : [...good(page, `${counted(messages.length, 'message')} sent to ${nameIn(queueArn)}`), ...ids]),
    ...refused.flatMap(({ index, code, reason }) =>
      fill(
        page,
        shown(
          page,
          `${beside(page, page.glyphs.status.fail)}Message ${index + 1} was refused: ${code}, ${reason}`,
        ),
        0,
        2,
      ),
    ),
    ...filteredLines(page, samples),
    ...(proof === null ? [] : proofLines(page, proof, messages.length)),
  ]
}

function unwiredLines(
  page: Page,
  { plan: { revocation, target }, result }: Extract<Outcome, { kind: 'unwired' }>,
): readonly string[] {
  const { mapping, outcome, waitedMs } = result
  const ends = { queueArn: target.queueArn ?? '', functionArn: target.functionArn ?? '' }
  const said = {
    deleted: `is deleted${after(page, waitedMs)}`,
    deleting: 'is being deleted; AWS goes on by itself',
    unchanged: 'was deleted already',
  }[outcome]
  return [
    ...good(page, `${pair(page, ends)} ${said}`),
    ...fieldLines(page, [
      ...(mapping === null ? [] : [['Mapping', mapping.uuid] as const]),
      ...(revocation?.change ? [['Deleted', subjectOf(revocation.change)] as const] : []),
      [
        'Kept',
        `the queue with its messages, the function and its role${revocation?.reason ? `. ${revocation.reason}` : ''}`,
      ],
    ]),
  ]
}

/** ` after 0:38`; nothing where nobody had to wait. */
const after = (page: Page, ms: number) => (ms >= 1000 ? ` after ${waited(page, ms)}` : '')

const good = (page: Page, text: string) => marked(page, 'pass', text)

const settings = (page: Page, mapping: Mapping) => settingsOf(mapping).join(page.glyphs.between)
