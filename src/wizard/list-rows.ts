/** One row to choose. */
export interface ListRow {
  /** What tells it from the others. */
  readonly key: string
  /** What is shown, and looked through for what was typed. */
  readonly name: string
  /** Found by the whole of this, too: an ARN or a URL that was pasted. */
  readonly aliases?: readonly string[]
}

/**
 * The rows that hold what was typed: the same name first, then those that begin with it, then those of which a word
 * begins with it, then the others. Within these by name, so that a page that arrives later falls into its place.
 */
export function matchingRows<Row extends ListRow>(rows: readonly Row[], typed: string): readonly Row[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return rows.toSorted(byName)
  const ranked = rows.map((row) => ({ row, rank: rankOf(row, wanted) })).filter(({ rank }) => rank < noMatch)
  return ranked.toSorted((a, b) => a.rank - b.rank || byName(a.row, b.row)).map(({ row }) => row)
}

const noMatch = 4

function rankOf({ name, aliases = [] }: ListRow, wanted: string): number {
  const lower = name.toLowerCase()
  if (lower === wanted || aliases.some((alias) => alias.toLowerCase() === wanted)) return 0
  const at = lower.indexOf(wanted)
  if (at === 0) return 1
  if (at < 0) return noMatch
  return /[^a-z0-9]/.test(lower.charAt(at - 1)) ? 2 : 3
}

/** Not by locale: that costs ten times as much, and AWS's names are ASCII. */
function byName({ name: a }: ListRow, { name: b }: ListRow): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Which rows are seen: the active one near the middle, and as many as there is room for. */
export function windowAround(
  count: number,
  active: number,
  room: number,
): readonly [from: number, to: number] {
  const from = Math.max(0, Math.min(active - Math.floor(room / 2), count - room))
  return [from, Math.min(count, from + room)]
}
