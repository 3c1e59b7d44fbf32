import type { ListSource } from './list-prompt.js'

/**
 * The list with a row for what was typed before and none of its rows is called, so that it can be chosen again; and
 * the row to begin at. Where there are no rows, there is no list to put it in.
 */
export function withTyped(
  source: ListSource,
  typed: string | undefined,
): { readonly source: ListSource; readonly preset?: string | undefined } {
  if (typed === undefined) return { source }
  const same = source.rows().find(({ key, aliases = [] }) => key === typed || aliases.includes(typed))
  if (same !== undefined) return { source, preset: same.key }
  const row = { key: typed, name: typed }
  let made = { from: source.rows(), rows: [row, ...source.rows()] }
  return {
    preset: typed,
    source: {
      ...source,
      rows: () => {
        const from = source.rows()
        if (from.length === 0) return from
        if (made.from !== from) made = { from, rows: [row, ...from.filter(({ key }) => key !== typed)] }
        return made.rows
      },
      cells: (one) => (one === row ? ['typed before'] : source.cells(one)),
      mark: (one) => (one === row ? '' : (source.mark?.(one) ?? '')),
      look: (rows) => source.look(rows.filter((one) => one !== row)),
      settled: (rows) => source.settled?.(rows.filter((one) => one !== row)) ?? true,
    },
  }
}
