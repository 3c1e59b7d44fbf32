import type { Role } from '../aws/execution-role.js'
import type { Key } from '../aws/key.js'
import type { LambdaFunction } from '../aws/lambda-function.js'
import type { ReadPolicy } from '../aws/principal-policies.js'
import type { Queue } from '../aws/queue.js'
import type { Mapping } from '../mapping.js'
import type { CallContext } from '../operations/events.js'
import type { Fact } from '../preflight/fact.js'

/** One mapping that is exported, with its ends by ARN: look them up in the maps of the world. */
export interface ExportedMapping {
  readonly mapping: Mapping
  /** The mapping's own tags, those of AWS (`aws:…`) included. */
  readonly tags: Fact<Readonly<Record<string, string>>>
  /** The function without alias or version: a key of `functions`. */
  readonly functionArn: string
  /** As the mapping names it; null: the function itself. */
  readonly qualifier: string | null
}

export interface ExportedRole {
  readonly role: Fact<Role>
  /** Inline and attached; attached ones have an ARN. */
  readonly policies: Fact<readonly ReadPolicy[]>
}

/** What a format needs beside the mappings: nothing else is read, because every read takes a permission. */
export type ExportNeed = 'tags' | 'queues' | 'queueTags' | 'keys' | 'functions' | 'roles'

/**
 * Everything that is exported, each queue, function and role once. The maps hold what the format needs and are empty
 * otherwise; what could not be read stands in them as `unknown`, what is gone as `absent`.
 */
export interface ExportWorld {
  readonly context: CallContext
  /** In the order of queue and function. */
  readonly mappings: readonly ExportedMapping[]
  /** By ARN; dead-letter queues of them included. */
  readonly queues: ReadonlyMap<string, Fact<Queue>>
  /** By ARN: those of the queues. */
  readonly queueTags: ReadonlyMap<string, Fact<Readonly<Record<string, string>>>>
  /** By the id, ARN or alias that a queue names; AWS's own alias is not read. */
  readonly keys: ReadonlyMap<string, Fact<Key>>
  /** By ARN without alias or version. */
  readonly functions: ReadonlyMap<string, Fact<LambdaFunction>>
  /** By ARN. */
  readonly roles: ReadonlyMap<string, ExportedRole>
}
