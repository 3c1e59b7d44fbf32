import type { Proof, ProofHop } from '../../operations/events.js'
import { beside, fill, type Page, shown } from '../page.js'

const hops: Readonly<Record<ProofHop['hop'], string>> = {
  sent: 'Sent',
  log: 'Log',
  invoked: 'Invoked',
  gone: 'Gone',
  'dead-letter': 'Dead letter',
}
const widest = Math.max(...Object.values(hops).map((word) => word.length))

const outcomes = { seen: 'pass', 'not-seen': 'skip', failed: 'fail', 'cannot-tell': 'unknown' } as const

const spoken = {
  seen: 'seen',
  'not-seen': 'not seen',
  failed: 'failed',
  'cannot-tell': 'cannot be told',
} as const

/** One piece of evidence. Its sentence says what was seen; the symbol only repeats it. */
export function hopLines(page: Page, hop: ProofHop): readonly string[] {
  const log = hop.line === undefined ? [] : [logLine(page, hop.line)]
  if (page.accessible) {
    const said = `${hops[hop.hop]}, ${spoken[hop.outcome]}: ${hop.detail}`
    return [...fill(page, shown(page, said), 0, 2), ...log]
  }
  const glyph = page.glyphs.status[outcomes[hop.outcome]]
  const paint = {
    seen: page.paint.good,
    failed: page.paint.bad,
    'not-seen': page.paint.faint,
    'cannot-tell': page.paint.caution,
  }
  const lead = `${glyph} ${hops[hop.hop].padEnd(widest)}  `
  const lines = fill(page, shown(page, hop.detail), lead.length)
  return [
    ...lines.map((line, index) =>
      index === 0
        ? `${paint[hop.outcome](glyph)}${lead.slice(glyph.length)}${line.slice(lead.length)}`
        : line,
    ),
    ...log,
  ]
}

/** A handler may write its whole event into one line. */
const longestLine = 400

/** The line as the handler wrote it: not filled, so that it is found again by searching the log for it. */
function logLine(page: Page, line: string): string {
  const whole = shown(page, line.trimEnd().replaceAll('\n', ' '))
  const cut = whole.length > longestLine ? `${whole.slice(0, longestLine)}${shown(page, '…')}` : whole
  return `    ${page.paint.strong(cut)}`
}

const meanings: Readonly<Record<Proof['level'], string>> = {
  strong: "the message stands in the function's log",
  medium: 'the function ran without error after the send, and the message is gone',
  weak: 'the message is gone; nothing was seen of the function',
  none: 'nothing was seen of the message after it was sent',
}

/** The verdict on the delivery: never more than what was seen. */
export function proofLines(page: Page, proof: Proof): readonly string[] {
  const verdict = proof.functionFailed
    ? 'the message reached the function, which was not seen to handle it to its end'
    : meanings[proof.level]
  const glyph =
    proof.functionFailed || proof.level === 'none' ? 'fail' : proof.level === 'weak' ? 'unknown' : 'pass'
  return [
    ...fill(page, `${beside(page, page.glyphs.status[glyph])}Proof ${proof.level}: ${verdict}`, 0, 2),
    ...fill(page, `message ${shown(page, proof.messageId)}`, 2),
    ...(proof.requestId === null ? [] : fill(page, `request ${shown(page, proof.requestId)}`, 2)),
  ]
}
