import type { CompletionFlag, CompletionTable } from './table.js'

/** The same table with each flag once: most commands take the same ones, and a shell reads it at every press of a key. */
export interface PackedTable extends Pick<CompletionTable, 'rules' | 'regions'> {
  readonly flags: readonly CompletionFlag[]
  /** `flags`: where each stands in the list above. */
  readonly commands: readonly (Omit<CompletionTable['commands'][number], 'flags'> & {
    readonly flags: readonly number[]
  })[]
}

export function packed({ commands, ...others }: CompletionTable): PackedTable {
  const flags = new Map(
    commands.flatMap((command) => command.flags.map((flag) => [JSON.stringify(flag), flag])),
  )
  const places = [...flags.keys()]
  return {
    ...others,
    flags: [...flags.values()],
    commands: commands.map((command) => ({
      ...command,
      flags: command.flags.map((flag) => places.indexOf(JSON.stringify(flag))),
    })),
  }
}

export function unpacked({ flags, commands, ...others }: PackedTable): CompletionTable {
  return {
    ...others,
    commands: commands.map((command) => ({
      ...command,
      flags: command.flags.flatMap((place) => flags[place] ?? []),
    })),
  }
}
