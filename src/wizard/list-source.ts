import type { ListRow } from './list-prompt.js'
import type { LiveList } from './live-list.js'

/** The items as rows. The same array comes back until there are more, so that nothing is looked through twice. */
export function rowsOf<Item>(
  list: Pick<LiveList<Item>, 'items'>,
  row: (item: Item) => ListRow,
): () => readonly ListRow[] {
  let made: { readonly from: readonly Item[]; readonly rows: readonly ListRow[] } | undefined
  return () => {
    const items = list.items()
    if (made?.from !== items) made = { from: items, rows: items.map(row) }
    return made.rows
  }
}

/** What is said below a list that broke off. */
export function troubleOf({ ending }: Pick<LiveList<unknown>, 'ending'>): string | null {
  const end = ending()
  if (end?.kind !== 'failed') return null
  return `The list broke off: ${end.error instanceof Error ? end.error.message : String(end.error)}`
}

interface Changing {
  onChange(listener: () => void): () => void
}

/** Listens to several at once. */
export function together(...all: readonly Changing[]): Changing['onChange'] {
  return (listener) => {
    const stops = all.map((one) => one.onChange(listener))
    return () => {
      for (const stop of stops) stop()
    }
  }
}
