import type { Proof, ProofHop } from '../../operations/events.js'
import { beside, fill, type Page, shown } from '../page.js'
import { elapsed } from './sentences.js'

const hops: Readonly<Record<ProofHop['hop'], string>> = {
  sent: 'Sent',
  log: 'Log',
  invoked: 'Invoked',
  gone: 'Gone',
  'dead-letter': 'Dead letter',
}
const widest = Math.max(...Object.values(hops).map((word) => word.length))

/** Below so many columns the sentence begins again at the left. */
const narrow = 60

/** `0.4 s`, `1:05`: how long after the message was sent. */
const after = (ms: number) => (ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : elapsed(ms))

const outcomes = { seen: 'pass', 'not-seen': 'skip', failed: 'fail', 'cannot-tell': 'unknown' } as const

const spoken = {
  seen: 'seen',
  'not-seen': 'not seen',
  failed: 'failed',
  'cannot-tell': 'cannot be told',
} as const

/** One piece of evidence. Its sentence says what was seen; the symbol only repeats it. */
export function hopLines(page: Page, hop: ProofHop): readonly string[] {
  const log = [
    ...(hop.line === undefined ? [] : logLines(page, hop.line)),
    ...ownLines(hop).map((line) => stackLine(page, line)),
  ]
  if (page.accessible) {
    const said = `${hops[hop.hop]}, ${spoken[hop.outcome]} after ${after(hop.elapsedMs)}: ${hop.detail}`
    return [...fill(page, shown(page, said), 0, 2), ...log]
  }
  const glyph = page.glyphs.status[outcomes[hop.outcome]]
  const paint = {
    seen: page.paint.good,
    failed: page.paint.bad,
    'not-seen': page.paint.faint,
    'cannot-tell': page.paint.caution,
  }
  const lead = `${glyph} ${hops[hop.hop].padEnd(widest)}  ${after(hop.elapsedMs).padStart(6)}  `
  const lines = fill(page, shown(page, hop.detail), lead.length, page.columns < narrow ? 4 : lead.length)
  return [
    ...lines.map((line, index) =>
      index === 0
        ? `${paint[hop.outcome](glyph)}${lead.slice(glyph.length)}${line.slice(lead.length)}`
        : line,
    ),
    ...log,
  ]
}

const longestStack = 6

/** Without what the sentence says already, and without the frames of Node.js and of Lambda's runtime. */
function ownLines({ errorLines = [], detail }: ProofHop): readonly string[] {
  const [first = '', ...rest] = errorLines
  const lines = detail.includes(first) ? rest : errorLines
  const foreign = /^\s+at .*(?:\bnode:|\/var\/runtime\/)/
  return lines.filter((line) => !foreign.test(line)).slice(0, longestStack)
}

/** Not filled either, and its own indentation kept: that is how a stack is read. */
function stackLine(page: Page, line: string): string {
  const [, indent = ''] = /^(\s*)/.exec(line) ?? []
  const kept = ' '.repeat(Math.min(indent.length, 8))
  return `    ${page.paint.bad(`${kept}${cut(page, shown(page, line.trim()))}`)}`
}

/** A handler may write its whole event into one line. */
const longestLine = 400

const cut = (page: Page, line: string) =>
  line.length > longestLine ? `${line.slice(0, longestLine)}${shown(page, '…')}` : line

/**
 * The line as the handler wrote it: in a file whole, so that it is found again by searching the log for it; a terminal
 * would break it within an id.
 */
function logLines(page: Page, line: string): readonly string[] {
  const whole = cut(page, shown(page, line.trimEnd().replaceAll('\n', ' ')))
  return broken(whole, page.tableColumns - 4).map((part) => `    ${page.paint.strong(part)}`)
}

/** Broken at blanks and after commas; what holds neither stays whole. */
function broken(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line]
  const fits = Math.max(line.lastIndexOf(' ', width), line.lastIndexOf(',', width - 1) + 1)
  const next = / |,(?!$)/.exec(line.slice(width))
  if (fits <= 0 && next === null) return [line]
  const at = fits > 0 ? fits : width + (next?.index ?? 0) + (next?.[0] === ',' ? 1 : 0)
  return [line.slice(0, at), ...broken(line.slice(at).trimStart(), width)]
}

const meanings: Readonly<Record<Proof['level'], string>> = {
  strong: "the message stands in the function's log",
  medium: 'the function ran without error after the send, and the message is gone',
  weak: 'the message is gone; nothing was seen of the function',
  none: 'what was seen does not show that the message was delivered',
}

/**
 * The verdict on the delivery: never more than what was seen.
 * @param of how many messages were sent: the first one is proven.
 */
export function proofLines(page: Page, proof: Proof, of = 1): readonly string[] {
  const verdict = verdictOf(proof)
  const whose = of === 1 ? '' : ` for the first of ${of} messages`
  const glyph =
    proof.functionFailed || proof.level === 'none' ? 'fail' : proof.level === 'weak' ? 'unknown' : 'pass'
  return [
    ...fill(page, `${beside(page, page.glyphs.status[glyph])}${headOf(proof)}${whose}: ${verdict}`, 0, 2),
    ...fill(page, `message ${shown(page, proof.messageId)}`, 2),
    ...(proof.requestId === null ? [] : fill(page, `request ${shown(page, proof.requestId)}`, 2)),
    ...(proof.doubts.length === 0 ? [] : ['What could explain it:']),
    ...proof.doubts.flatMap((doubt) => fill(page, shown(page, doubt), 2, 4)),
  ]
}

/** A message that reached a function which failed on it is delivered, and nothing more is proven of it. */
function headOf(proof: Proof): string {
  if (!hasFailed(proof)) return `Proof ${proof.level}`
  return `${proof.level === 'strong' ? 'Delivered' : 'Failed'}, evidence ${proof.level}`
}

const hasFailed = ({ evidence }: Proof) =>
  evidence.some(({ hop, outcome }) => hop === 'invoked' && outcome === 'failed')

function verdictOf(proof: Proof): string {
  const { functionFailed, level, requestId } = proof
  const failed = hasFailed(proof)
  if (proof.repeated)
    return 'SQS dropped the message, because one with the same deduplication id came before it'
  if (failed && level !== 'strong')
    return 'the function failed after the send, and nothing shows that it handled the message'
  if (failed) return 'the message reached the function, which failed on it'
  if (functionFailed)
    return level === 'strong'
      ? 'the message reached the function, which was not seen to handle it to its end'
      : 'the function ran after the send, and was not seen to handle the message to its end'
  return level === 'medium' && requestId === null
    ? 'CloudWatch counts a run without an error at that time, and the message is gone'
    : meanings[level]
}
