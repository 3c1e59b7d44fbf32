/**
 * The candidate that was probably meant, or undefined when nothing is near. Near: at most two slips for a long
 * word, one for a short one; or the only candidate that begins with what was typed.
 */
export function suggest(typed: string, candidates: readonly string[]): string | undefined {
  // An absurdly long word is no slip of the finger, and the distance costs length times length.
  if (typed.length > 64) return undefined
  const word = typed.toLowerCase()
  const completed = word.length >= 2 ? candidates.filter((candidate) => candidate.startsWith(word)) : []
  if (completed.length === 1) return completed[0]
  const allowed = word.length <= 4 ? 1 : word.length <= 12 ? 2 : 3
  return candidates
    .map((candidate) => ({ candidate, slips: distance(word, candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips)[0]?.candidate
}

/** ` (did you mean …?)` or nothing, to be put behind what was typed. */
export function didYouMean(
  typed: string,
  candidates: readonly string[],
  shown = (word: string) => word,
): string {
  const candidate = suggest(typed, candidates)
  return candidate === undefined ? '' : ` – did you mean ${shown(candidate)}?`
}

/** Edits between two words, where two neighbours that changed places count as one edit. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

const at = (row: readonly number[], column: number) => row[column] ?? Number.POSITIVE_INFINITY
