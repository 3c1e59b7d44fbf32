import { nameIn } from '../../arn.js'
import type { AuditedFunction, AuditedQueue, AuditedRole, AuditResult } from '../../fleet/audit/results.js'
import { counted, escaped, shortened } from './escape.js'
import { healthWords, mark } from './marks.js'
import { healthPhrases, type PictureGroup, type PictureRow } from './picture-groups.js'
import { type Box, box, pitch } from './wiring-box.js'

const queues = { x: 0, width: 300 }
const functions = { x: 420, width: 280 }
const deadLetters = { x: 800, width: 280 }
const width = deadLetters.x + deadLetters.width
const top = 34
/** Between two functions. */
const gap = 14

/** What is asked of the audit by ARN. */
interface Ends {
  readonly queues: ReadonlyMap<string, AuditedQueue>
  readonly functions: ReadonlyMap<string, AuditedFunction>
  readonly roles: ReadonlyMap<string, AuditedRole>
  readonly accounts: number
  readonly regions: number
}

/**
 * Queues on the left, each on a line of its own; the function that reads them spans their lines; on the right, on the
 * same lines, their dead-letter queues. So no line crosses another. What two functions share is drawn for each.
 */
export function wiring(audit: AuditResult, groups: readonly PictureGroup[]): string {
  const ends: Ends = {
    queues: new Map(audit.queues.map((queue) => [queue.arn, queue])),
    functions: new Map(audit.functions.map((one) => [one.arn, one])),
    roles: new Map(audit.roles.map((role) => [role.arn, role])),
    accounts: new Set(audit.mappings.map(({ account }) => account)).size,
    regions: new Set(audit.mappings.map(({ region }) => region)).size,
  }
  let y = top
  const drawn = groups.map((group) => {
    const at = y
    y += group.rows.length * pitch + gap
    return groupOf(group, at, ends)
  })
  const heads = [
    [queues, 'Queues'],
    [functions, 'Functions'],
    [deadLetters, 'Dead-letter queues'],
  ] as const
  const words = heads.map(([{ x }, text]) => `<text class="head" x="${x}" y="14">${text}</text>`)
  return `<div class="scroll" role="region" tabindex="0" aria-label="Picture of queues, functions and dead-letter queues">
<svg class="wiring" role="group" aria-label="Queues, the functions that read them, and their dead-letter queues" viewBox="-1 0 ${width + 2} ${y - gap + 2}">
<g aria-hidden="true">${words.join('')}</g>
${drawn.join('\n')}
</svg>
</div>`
}

function groupOf(group: PictureGroup, top: number, ends: Ends): string {
  const lines = group.rows.map((row, index) => lineOf(row, top + index * pitch, ends))
  const one = ends.functions.get(group.functionArn)
  const name = nameIn(group.functionArn)
  const role = ends.roles.get(one?.roleArn ?? '')
  const notes = [
    // The fault of many a line that leads to a healthy function.
    ...(role === undefined || role.health === 'healthy' ? [] : [`its role: ${role.health}`]),
    ...(one?.status === 'gone' ? ['gone'] : one?.status === 'unread' ? ['not read'] : []),
    // Beside the account there is no room for it.
    ...(one && one.reservedConcurrency !== null && ends.accounts === 1
      ? [`reserved ${one.reservedConcurrency}`]
      : []),
    ...(one && ends.regions > 1 ? [one.region] : []),
    ...(one && ends.accounts > 1 ? [one.account] : []),
  ]
  const target: Box = {
    ...functions,
    y: top,
    rows: group.rows.length,
    kind: 'Function',
    name,
    note: notes.join(' · '),
    health: one?.health ?? 'unknown',
    find: name,
    href: hrefOf(group.rows),
  }
  return `<g>${lines.join('')}${box(target)}${deadLetterBoxes(group, top, ends)}</g>`
}

/** To the first of them that has a row of its own. */
const hrefOf = (rows: readonly PictureRow[]) => {
  const first = rows.find((row) => row.kind === 'mapping')
  return first === undefined ? '#mappings' : `#m${first.position}`
}

function lineOf(row: PictureRow, y: number, ends: Ends): string {
  const middle = y + (pitch - 8) / 2
  const [from, to] = [queues.x + queues.width, functions.x]
  if (row.kind === 'more') {
    const text =
      row.health === 'healthy'
        ? `+ ${counted(row.count, 'healthy mapping')}`
        : `+ ${counted(row.count, 'mapping')} ${healthPhrases[row.health]}`
    return `<path class="wire ${row.health}" d="M${from} ${middle}H${to}"/>${box({ ...queues, y, rows: 1, kind: null, name: text, note: '', health: row.health, find: null, href: null })}`
  }
  const { audited, position } = row
  const { mapping, health } = audited
  const queue = ends.queues.get(mapping.queueArn)
  const works = mapping.state === 'Enabled'
  const label = works ? `batch ${mapping.batchSize}` : mapping.state
  const sign = health === 'healthy' ? '' : mark(health, { x: (from + to) / 2 - 7, y: middle - 7 })
  const name = mapping.queueArn.split(':').slice(5).join(':') || mapping.queueArn
  return [
    `<path class="wire ${health}${works ? '' : ' off'}" d="M${from} ${middle}H${to}"/>`,
    `<path class="tip ${health}" d="M${to} ${middle}l-7-4v8z"/>`,
    sign === '' ? '' : `<circle class="under" cx="${(from + to) / 2}" cy="${middle}" r="10"/>${sign}`,
    `<text class="label" x="${(from + to) / 2}" y="${middle - 13}">${escaped(shortened(label, 16))}<title>Mapping: ${healthWords[health]}</title></text>`,
    box({
      ...queues,
      y,
      rows: 1,
      kind: 'Queue',
      name,
      note: queueNote(queue),
      health: queue?.health ?? 'unknown',
      find: name,
      href: `#m${position}`,
    }),
  ].join('')
}

function queueNote(queue: AuditedQueue | undefined): string {
  if (queue?.status === 'gone') return 'gone'
  if (queue === undefined || queue.status === 'unread') return 'not read'
  const { messages, mappings, isDeadLetterQueue, fifo } = queue
  return [
    ...(messages === null
      ? []
      : [messages.visible === 0 ? 'empty' : `${counted(messages.visible, 'message')}`]),
    ...(fifo && !queue.name.endsWith('.fifo') ? ['FIFO'] : []),
    ...(mappings > 1 && !isDeadLetterQueue ? [`${mappings} functions`] : []),
  ].join(' · ')
}

/** Lines below each other that share a dead-letter queue share its box. */
function deadLetterBoxes({ rows }: PictureGroup, top: number, ends: Ends): string {
  const runs: { arn: string | null; from: number; rows: number }[] = []
  for (const [index, row] of rows.entries()) {
    if (row.kind === 'more') continue
    const arn = row.audited.deadLetterQueueArn
    const last = runs.at(-1)
    if (arn !== null && last?.arn === arn && last.from + last.rows === index) last.rows += 1
    else runs.push({ arn, from: index, rows: 1 })
  }
  return runs.map((run) => deadLetterBox(run, rows, top, ends)).join('')
}

function deadLetterBox(
  run: { readonly arn: string | null; readonly from: number; readonly rows: number },
  rows: readonly PictureRow[],
  top: number,
  ends: Ends,
): string {
  const y = top + run.from * pitch
  const middle = (index: number) => y + index * pitch + (pitch - 8) / 2
  const sources = rows
    .slice(run.from, run.from + run.rows)
    .map((row) => (row.kind === 'mapping' ? ends.queues.get(row.audited.mapping.queueArn) : undefined))
  if (run.arn === null) {
    const known = sources[0]?.status === 'read'
    return known
      ? `<text class="none" x="${deadLetters.x}" y="${middle(0) + 4}">no dead-letter queue</text>`
      : ''
  }
  const [from, to] = [functions.x + functions.width, deadLetters.x]
  const wires = sources.map((source, index) => {
    const count = source?.maxReceiveCount
    const label = count
      ? `<text class="label" x="${(from + to) / 2}" y="${middle(index) - 8}">after ${count}</text>`
      : ''
    return `<path class="wire after" d="M${from} ${middle(index)}H${to}"/><path class="tip" d="M${to} ${middle(index)}l-7-4v8z"/>${label}`
  })
  const queue = ends.queues.get(run.arn)
  const name = run.arn.split(':').slice(5).join(':') || run.arn
  const at = rows[run.from]
  const drawn = box({
    ...deadLetters,
    y,
    rows: run.rows,
    kind: 'Dead-letter queue',
    name,
    note: queueNote(queue),
    health: queue?.health ?? 'unknown',
    find: name,
    href: hrefOf(at === undefined ? [] : [at]),
  })
  return `${wires.join('')}${drawn}`
}
