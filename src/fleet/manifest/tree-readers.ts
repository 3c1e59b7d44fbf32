import { shown } from '../../shown.js'
import { didYouMean } from '../../suggest.js'
import type { Position } from '../manifest.js'
import type { Fault, TreeEntry, TreeNode } from './yaml-tree.js'

/** Collects what is wrong, so that all of it is told at once. */
export interface Faults {
  readonly all: readonly Fault[]
  /** Returns undefined, for the value that could not be read. */
  add(at: Position, message: string): undefined
}

export function openFaults(first: readonly Fault[] = []): Faults {
  const all = [...first]
  return {
    all,
    add: (at, message) => {
      all.push({ at, message })
      return undefined
    },
  }
}

/** How one key is read; undefined where a fault says why not. */
type Reader<Value> = (entry: TreeEntry, faults: Faults) => Value | undefined
type Readers = Readonly<Record<string, Reader<unknown>>>
type Members<Table extends Readers> = {
  readonly [Key in keyof Table]?: Table[Key] extends Reader<infer Value> ? Value : never
}

/**
 * A map with known keys. Others are faults, with the key that was meant: `meant` knows names that are used elsewhere
 * for the same thing.
 */
export function readMembers<const Table extends Readers>(
  node: TreeNode,
  what: string,
  table: Table,
  faults: Faults,
  meant: Readonly<Record<string, string>> = {},
): Members<Table> | undefined {
  if (node.kind !== 'map') return faults.add(node.at, `${what} is a map of keys, not ${kindOf(node)}`)
  const read: Record<string, unknown> = {}
  const known = Object.keys(table)
  for (const entry of node.entries) {
    const reader = Object.hasOwn(table, entry.key) ? table[entry.key] : undefined
    if (reader === undefined) {
      const word = kebab(entry.key)
      const other = Object.hasOwn(meant, word) ? ` – did you mean ${meant[word]}?` : didYouMean(word, known)
      const help = other === '' ? `; ${what} takes ${known.join(', ')}` : other
      faults.add(entry.at, `unknown key ${shown(entry.key)}${help}`)
      continue
    }
    const value = reader(entry, faults)
    if (value !== undefined) read[entry.key] = value
  }
  // Each member came from the reader of its key.
  return read as Members<Table>
}

/** `batchSize` and `batch_size` are `batch-size`. */
const kebab = (key: string) =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()

/** A text that is not empty; numbers and true count as they are written. */
export function readText({ key, value: node }: TreeEntry, faults: Faults): string | undefined {
  const text = textOf(node)
  if (text === undefined) return faults.add(node.at, `${key} is a text, not ${kindOf(node)}`)
  if (text.trim() === '') return faults.add(node.at, `${key} is empty`)
  return text.length > 2_048 ? faults.add(node.at, `${key} is longer than anything AWS takes`) : text
}

export function textOf(node: TreeNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined
  return typeof node.value === 'string' ? node.value : node.text
}

export function readSwitch({ key, value: node }: TreeEntry, faults: Faults): boolean | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  return faults.add(node.at, `${key} is true or false, not ${kindOf(node)}`)
}

/** A whole number within a range. `clearable`: null says that there is to be none. */
export const wholeNumber =
  (min: number, max: number, unit: string) =>
  ({ key, value: node }: TreeEntry, faults: Faults): number | undefined => {
    const value = node.kind === 'scalar' ? node.value : undefined
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    return faults.add(
      node.at,
      `${key} is a whole number from ${min} to ${max} (${unit}), not ${kindOf(node)}`,
    )
  }

/** `null` where the reader is given null. */
export const orNone =
  <Value>(read: Reader<Value>) =>
  (entry: TreeEntry, faults: Faults): Value | null | undefined =>
    isNull(entry.value) ? null : read(entry, faults)

/** The same, for a setting that every mapping has: `null` is the value that it has where nobody gives one. */
export const orDefault =
  <Value>(read: Reader<Value>, usual: Value) =>
  (entry: TreeEntry, faults: Faults): Value | undefined =>
    isNull(entry.value) ? usual : read(entry, faults)

const isNull = (node: TreeNode) => node.kind === 'scalar' && node.value === null

/** A list, each of its items read by itself. */
export const listOf =
  <Value>(read: (node: TreeNode, faults: Faults) => Value | undefined) =>
  ({ key, value: node }: TreeEntry, faults: Faults): readonly Value[] | undefined => {
    // `triggers:` with nothing behind it is a list that is still empty.
    if (isNull(node)) return []
    if (node.kind !== 'list')
      return faults.add(node.at, `${key} is a list, its items behind dashes, not ${kindOf(node)}`)
    return node.items.flatMap((item) => {
      const value = read(item, faults)
      return value === undefined ? [] : [value]
    })
  }

/** What stands there, for a sentence. */
export function kindOf(node: TreeNode): string {
  if (node.kind === 'map') return 'a map'
  if (node.kind === 'list') return 'a list'
  if (node.value === null) return 'nothing'
  // A text in quotes, a number as it is written: that is often the whole difference.
  return typeof node.value === 'string' ? shown(node.value) : node.text
}

/** The same as JSON text: objects are never built, so that no key can reach a prototype. */
export function jsonOf(node: TreeNode): string {
  switch (node.kind) {
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${jsonOf(value)}`).join(',')}}`
    case 'list':
      return `[${node.items.map(jsonOf).join(',')}]`
    case 'scalar':
      return JSON.stringify(node.value)
  }
}
