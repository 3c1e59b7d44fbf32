import type { SampleVerdict } from '../../preflight/samples.js'
import { beside, fill, type Page, shown } from '../page.js'
import { counted } from './sentences.js'

const glyphs = { kept: 'pass', deleted: 'warn', invalid: 'unknown' } as const
const words = { kept: 'is kept', deleted: 'is deleted', invalid: 'is not certain' } as const

/** More would push everything else off the screen; JSON has them all. */
const most = 100

/** What the filters do with each example, and the totals above; nothing when there are none. */
export function sampleLines(page: Page, samples: readonly SampleVerdict[]): readonly string[] {
  if (samples.length === 0) return []
  const left = samples.length - most
  return [
    totals(samples),
    ...samples.slice(0, most).flatMap((sample) => oneSample(page, sample)),
    ...(left > 0 ? [`  and ${left} more; --json lists them all`] : []),
  ]
}

/** The totals, and those that may not reach the function: for messages that were sent, where most are kept. */
export function filteredLines(page: Page, samples: readonly SampleVerdict[]): readonly string[] {
  const open = samples.filter(({ verdict }) => verdict !== 'kept')
  const left = open.length - most
  return [
    ...(samples.length === 0 ? [] : [totals(samples)]),
    ...open.slice(0, most).flatMap((sample) => oneSample(page, sample)),
    ...(left > 0 ? [`  and ${left} more; --json lists them all`] : []),
  ]
}

function oneSample(page: Page, { name, verdict, reason }: SampleVerdict): readonly string[] {
  const paint = { kept: page.paint.good, deleted: page.paint.caution, invalid: page.paint.caution }[verdict]
  const glyph = beside(page, page.glyphs.status[glyphs[verdict]])
  const lines = fill(page, shown(page, `${glyph}${name} ${words[verdict]}: ${clause(reason)}`), 2, 4)
  return lines.map((line, index) => (index === 0 ? line.replace(glyph, () => paint(glyph)) : line))
}

/** `The filters keep 1 of 3 messages and delete 2`. */
function totals(samples: readonly SampleVerdict[]): string {
  const count = (verdict: SampleVerdict['verdict']) =>
    samples.filter((sample) => sample.verdict === verdict).length
  const [kept, deleted, open] = [count('kept'), count('deleted'), count('invalid')]
  const all = samples.length
  const each = all === 1 ? 'the message' : `all ${all} messages`
  if (kept === all) return `The filters keep ${each}`
  if (deleted === all) return `The filters delete ${each}`
  const doubt = open === 0 ? '' : `; of ${open} that is not certain`
  return `The filters keep ${kept} of ${counted(all, 'message')} and delete ${deleted}${doubt}`
}

const clause = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
