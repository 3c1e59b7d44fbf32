import type { ExportNeed, ExportWorld } from './export-world.js'

/** How what exists is taken over, instead of being made anew. */
export interface Takeover {
  /** The whole file that says what is what, with its last line break. */
  readonly text: string
  /** In order: a sentence, or the words of a command of aws-cli, for which the caller knows profile and Region. */
  readonly steps: readonly (string | readonly string[])[]
}

/** What a format makes of a world. */
interface ExportFile {
  /** The whole file, with its last line break. */
  readonly text: string
  /** A sentence each: what was left out and why, or what to do with the file. Told beside the answer. */
  readonly notes: readonly string[]
  /** Left out by formats that need none. */
  readonly takeover?: Takeover
}

export interface ExportOptions {
  /** true: the queues themselves, too, with their dead-letter queues; `queueTags` is then needed as well. Default false. */
  readonly withQueues?: boolean
}

/** One way to write mappings down. Each stands in a file of its own, loaded when it is asked for. */
export interface ExportFormat {
  readonly needs: readonly ExportNeed[]
  /** Pure. */
  write(world: ExportWorld, options?: ExportOptions): ExportFile
}
