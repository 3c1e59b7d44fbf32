import type { ChangeMade } from '../change.js'
import type { SampleVerdict } from '../preflight/samples.js'
import type { ToldFinding } from './document.js'

/**
 * A finding as lines for a place that has no layout of its own: what, why, and how it is mended. An ignored or passed
 * one has nothing to mend.
 */
export function findingText({ status, message, why, fix, rule }: ToldFinding): readonly string[] {
  const open = status === 'fail' || status === 'warn'
  const mends = fix !== null && open ? [`Fix: ${fix.summary}`, ...fix.commands.map(({ text }) => text)] : []
  return [message, why, ...mends, `More: sqs-trigger explain ${rule}`]
}

/** What keeps findings unknown, and all that it leaves open: one refused call is one thing to mend. */
export interface Cause {
  readonly reason: string
  /** IAM action that would settle it. */
  readonly permission: string | null
  readonly stops: boolean
  readonly findings: readonly ToldFinding[]
}

/** The causes of what is unknown, in the order in which they were met. */
export function causesOf(findings: readonly ToldFinding[]): readonly Cause[] {
  const causes = new Map<string, Cause>()
  for (const finding of findings) {
    if (finding.status !== 'unknown') continue
    const { reason, permission } = finding.gap ?? { reason: finding.message, permission: null }
    const key = JSON.stringify([reason, permission, finding.stops])
    const before = causes.get(key)?.findings ?? []
    causes.set(key, { reason, permission, stops: finding.stops, findings: [...before, finding] })
  }
  return [...causes.values()]
}

/** A cause as lines: the reason, what it leaves open, and what would settle it. */
export function causeText({ reason, permission, findings }: Cause): readonly string[] {
  const alone = findings.length === 1
  const open = findings.map(({ rule, gap }) => `- ${gap?.problem ?? rule} (${rule})`)
  const settled =
    permission === null ? [] : [`The permission ${permission} would settle ${alone ? 'it' : 'them'}.`]
  const what = alone ? 'this cannot be ruled out' : `these ${findings.length} cannot be ruled out`
  return [`${reason}, so ${what}:`, ...open, ...settled]
}

/** Queue and function of a run, as names; null before they were known. */
export function namesIn(
  target: { readonly queueArn: string | null; readonly functionArn: string | null } | null,
) {
  const { queueArn = null, functionArn = null } = target ?? {}
  if (queueArn === null || functionArn === null) return null
  const afterType = functionArn.split(':function:')[1]
  return { queue: queueArn.split(':').at(-1) ?? queueArn, function: afterType ?? functionArn }
}

/** What was done, as the beginning of a sentence. A mapping goes through Deleting first. */
export const did = {
  create: 'Created',
  delete: 'Asked to delete',
  put: 'Wrote',
  set: 'Set',
  update: 'Changed',
  tag: 'Set',
  untag: 'Took away',
  start: 'Started',
  cancel: 'Cancelled',
} as const

/** A change that was made: `Wrote role policy worker-role/sqs-trigger-orders.` */
export const changeText = ({ action, type, id }: ChangeMade) =>
  `${did[action]} ${type.replaceAll('-', ' ')} ${id}.`

/** What the filters do with one example message. */
export const sampleText = ({ name, verdict, reason }: SampleVerdict) => `${name}: ${verdict}. ${reason}`
