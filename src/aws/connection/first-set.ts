/** A setting, and who says so. */
export interface Found {
  readonly value: string
  /** The flag, the variable or the profile that says so. */
  readonly from: string
}

/** An empty text counts as not set. */
export function firstSet(...places: readonly (readonly [from: string, value: string | undefined])[]) {
  const [found] = places.flatMap(([from, value]): Found[] => (value ? [{ from, value }] : []))
  return found
}
