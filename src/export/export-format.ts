import type { ExportNeed, ExportWorld } from './export-world.js'

/** What a format makes of a world. */
interface ExportFile {
  /** The whole file, with its last line break. */
  readonly text: string
  /** A sentence each: what was left out and why, or what to do with the file. Told beside the answer. */
  readonly notes: readonly string[]
}

/** One way to write mappings down. Each stands in a file of its own, loaded when it is asked for. */
export interface ExportFormat {
  readonly needs: readonly ExportNeed[]
  /** Pure. */
  write(world: ExportWorld): ExportFile
}
