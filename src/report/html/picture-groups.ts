import { type AuditedMapping, type AuditResult, type Health, healths } from '../../fleet/audit/results.js'
import { counted, grouped } from './escape.js'

/** One line of the picture: a mapping, or how many of a function are not drawn one by one. */
export type PictureRow =
  | { readonly kind: 'mapping'; readonly audited: AuditedMapping; readonly position: number }
  | { readonly kind: 'more'; readonly count: number; readonly health: Health }

/** The mappings of one function. */
export interface PictureGroup {
  readonly functionArn: string
  readonly mappings: readonly AuditedMapping[]
  /** Worst first; of one dead-letter queue together. */
  readonly rows: readonly PictureRow[]
}

export interface Pictured {
  readonly groups: readonly PictureGroup[]
  /** true: every mapping is drawn. */
  readonly whole: boolean
  /** The mappings of functions that are not drawn at all. */
  readonly left: readonly AuditedMapping[]
}

/** Up to this many mappings all are drawn; nobody follows more with the eye. */
const mostWhole = 40
/** The lines of the picture where not all are drawn. */
const mostRows = 24
/** Of one function, where not all are drawn. */
const mostOfOne = 6

/** The groups of an audit, worst first. */
export function groupsOf({ mappings }: Pick<AuditResult, 'mappings'>): readonly PictureGroup[] {
  const positions = new Map(mappings.map((audited, index) => [audited, index + 1]))
  const byFunction = new Map<string, AuditedMapping[]>()
  for (const audited of mappings) {
    const { functionArn } = audited.mapping
    const members = byFunction.get(functionArn)
    if (members === undefined) byFunction.set(functionArn, [audited])
    else members.push(audited)
  }
  const groups = [...byFunction].map(([functionArn, members]) => {
    const sorted = members.toSorted(
      (one, other) => rank(one) - rank(other) || sortText(one).localeCompare(sortText(other)),
    )
    const rows = sorted.map(
      (audited): PictureRow => ({ kind: 'mapping', audited, position: positions.get(audited) ?? 0 }),
    )
    return { functionArn, mappings: sorted, rows }
  })
  return groups.toSorted((one, other) => {
    const [mine, others] = [countsOf(one.mappings), countsOf(other.mappings)]
    const worse = healths
      .map((health) => others[health] - mine[health])
      .find((difference) => difference !== 0)
    return worstOf(one) - worstOf(other) || (worse ?? 0)
  })
}

/** What is drawn: everything, or of many mappings what is in trouble, the healthy ones of the same functions as one. */
export function pictured(audit: Pick<AuditResult, 'mappings'>): Pictured {
  const groups = groupsOf(audit)
  if (audit.mappings.length <= mostWhole) return { groups, whole: true, left: [] }
  let room = mostRows
  const drawn = groups.map(folded).filter(({ rows, mappings }) => {
    if (mappings.every(({ health }) => health === 'healthy') || rows.length > room) return false
    room -= rows.length
    return true
  })
  const shown = new Set(drawn.map(({ functionArn }) => functionArn))
  return {
    groups: drawn,
    whole: false,
    left: audit.mappings.filter(({ mapping }) => !shown.has(mapping.functionArn)),
  }
}

/** Which are not drawn as wiring; empty: none. */
export function leftOut({ left }: Pick<Pictured, 'left'>): string {
  if (left.length === 0) return ''
  const functions = new Set(left.map(({ mapping }) => mapping.functionArn)).size
  return `Not drawn: ${counted(functions, 'function')} with ${counted(left.length, 'mapping')}, ${healthCounts(countsOf(left))}. All stand in the table.`
}

/** How many have which health. */
export function countsOf(mappings: readonly AuditedMapping[]): Readonly<Record<Health, number>> {
  const counts = { error: 0, warning: 0, unknown: 0, healthy: 0 }
  for (const { health } of mappings) counts[health] += 1
  return counts
}

/** `2 with errors, 5 healthy`. */
export const healthCounts = (counts: Readonly<Record<Health, number>>): string =>
  healths
    .filter((health) => counts[health] > 0)
    .map((health) => `${grouped(counts[health])} ${healthPhrases[health]}`)
    .join(', ')

/** After a number. */
export const healthPhrases: Readonly<Record<Health, string>> = {
  error: 'with errors',
  warning: 'with warnings',
  unknown: 'not fully known',
  healthy: 'healthy',
}

const rank = ({ health }: AuditedMapping) => healths.indexOf(health)
const worstOf = ({ mappings }: PictureGroup) => Math.min(...mappings.map(rank))
const sortText = ({ mapping, deadLetterQueueArn }: AuditedMapping) =>
  `${deadLetterQueueArn ?? '~'} ${mapping.queueArn}`

function folded(group: PictureGroup): PictureGroup {
  const single = group.rows
    .filter((row) => row.kind === 'mapping' && row.audited.health !== 'healthy')
    .slice(0, mostOfOne)
  const rest = countsOf(group.mappings.slice(single.length))
  const more = healths.flatMap((health): readonly PictureRow[] =>
    rest[health] === 0 ? [] : [{ kind: 'more', count: rest[health], health }],
  )
  return { ...group, rows: [...single, ...more] }
}
