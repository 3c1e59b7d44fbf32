import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from 'yaml'
import type { Position } from '../manifest.js'

/** A file as it is written, and nothing else: no prototypes, no references, no types but those of JSON. */
export type TreeNode =
  | { readonly kind: 'map'; readonly at: Position; readonly entries: readonly TreeEntry[] }
  | { readonly kind: 'list'; readonly at: Position; readonly items: readonly TreeNode[] }
  | {
      readonly kind: 'scalar'
      readonly at: Position
      readonly value: string | number | boolean | null
      /** As it is written, without quotes: `0042` is a number, and its text is not `42`. */
      readonly text: string
    }

export interface TreeEntry {
  readonly key: string
  readonly at: Position
  readonly value: TreeNode
}

/** Something that cannot stay as it is: where, and a sentence without its full stop. */
export interface Fault {
  readonly at: Position
  readonly message: string
}

/** Far more than a thousand triggers need, and little enough to be read at once. */
const manifestLimits = { bytes: 1_048_576, nodes: 100_000, aliases: 1_000, depth: 32 } as const

export interface Tree {
  /** null: the file is empty, or cannot be read at all. */
  readonly root: TreeNode | null
  readonly faults: readonly Fault[]
}

/**
 * Reads YAML 1.2, of which JSON is a part. Bounded in size, depth, and in what aliases make of it; a key twice in a map,
 * a tag, `__proto__` and control characters are faults.
 */
export function readTree(text: string): Tree {
  const top = { line: 1, column: 1 }
  if (Buffer.byteLength(text) > manifestLimits.bytes) {
    return { root: null, faults: [{ at: top, message: 'the file is larger than 1 MiB' }] }
  }
  const lines = new LineCounter()
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const raw = controlIn(text)
  if (raw >= 0)
    return { root: null, faults: [{ at: positionIn(text, raw), message: controlFault(text, raw) }] }
  const deep = deepBracketIn(text)
  if (deep >= 0) return { root: null, faults: [{ at: positionIn(text, deep), message: tooDeep }] }
  const composer = new Composer({
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  let documents: readonly (Document.Parsed | { readonly contents: null })[]
  try {
    documents = [...composer.compose(new Parser(lines.addNewLine).parse(text))]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { root: null, faults: [{ at: top, message: tooDeep }] }
  }
  const faults: Fault[] = []
  const [document, second] = documents
  if (!document || !('errors' in document)) return { root: null, faults }
  // A tag is told where its node is read.
  const problems = [...document.errors, ...document.warnings].filter(
    ({ code }) => code !== 'TAG_RESOLVE_FAILED',
  )
  for (const { pos, message } of problems) {
    // What is wrong once makes the rest of the file wrong in the same words.
    const told = message.includes('call stack') ? tooDeep : syntaxFault(message)
    if (!faults.some((one) => one.message === told)) faults.push({ at: at(pos[0]), message: told })
    if (told === tooDeep) break
  }
  if (second && 'range' in second) {
    faults.push({ at: at(second.range[0]), message: 'a second document begins here; one file holds one' })
  }
  if (document.errors.length > 0 || document.contents === null) return { root: null, faults }
  const root = openBuilder(document, at, faults)(document.contents, 0)
  return { root, faults }
}

const tooDeep = `it is nested more than ${manifestLimits.depth} levels deep`

/** What the lexer says between the pieces of the text, and stands nowhere in it. */
const lexerMarks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f'])

/** Where brackets stand in brackets too often, before the library follows them into its stack; -1: nowhere. */
function deepBracketIn(text: string): number {
  let depth = 0
  let offset = 0
  for (const token of new Lexer().lex(text)) {
    if (lexerMarks.has(token)) continue
    if (token === '[' || token === '{') depth += 1
    if (token === ']' || token === '}') depth -= 1
    if (depth > manifestLimits.depth) return offset
    offset += token.length
  }
  return -1
}

/** Turns the nodes of the library into ours; undefined where a fault says why not. */
function openBuilder(document: Document.Parsed, at: (offset: number) => Position, faults: Fault[]) {
  let nodes = 0
  let aliases = 0
  let full = false
  const fault = (offset: number, message: string) => {
    faults.push({ at: at(offset), message })
    return null
  }

  return function build(node: unknown, depth: number, from = 0): TreeNode | null {
    if (full) return null
    if (depth > manifestLimits.depth) return fault(from, tooDeep)
    nodes += 1
    if (nodes > manifestLimits.nodes) {
      full = true
      return fault(
        from,
        `it holds more than ${manifestLimits.nodes} values, those of aliases counted each time`,
      )
    }
    if (isAlias(node)) {
      aliases += 1
      const offset = node.range?.[0] ?? from
      const target = node.resolve(document)
      if (aliases > manifestLimits.aliases) {
        full = true
        return fault(offset, `it has more than ${manifestLimits.aliases} aliases`)
      }
      return target
        ? build(target, depth + 1, offset)
        : fault(offset, `there is no anchor &${node.source} above`)
    }
    if (node === null || node === undefined) return { kind: 'scalar', at: at(from), value: null, text: '' }
    if (isScalar(node)) {
      const offset = node.range?.[0] ?? from
      if (node.tag !== undefined) return fault(offset, tagFault(node.tag))
      const { value } = node
      const text = node.source ?? String(value ?? '')
      if (typeof value === 'string') {
        const control = controlIn(value)
        if (control >= 0) return fault(offset, controlFault(value, control))
      }
      const plain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
      if (!plain) return fault(offset, 'this is neither a text, a number, true, false nor null')
      // Checked in the line above; the library says unknown.
      return { kind: 'scalar', at: at(offset), value: value as string | number | boolean | null, text }
    }
    if (isSeq(node)) {
      const offset = node.range?.[0] ?? from
      if (node.tag !== undefined) return fault(offset, tagFault(node.tag))
      const items = node.items.flatMap((item) => build(item, depth + 1, offset) ?? [])
      return { kind: 'list', at: at(offset), items }
    }
    if (!isMap(node)) return fault(from, 'this cannot be read')
    const offset = node.range?.[0] ?? from
    if (node.tag !== undefined) return fault(offset, tagFault(node.tag))
    const seen = new Map<string, Position>()
    const entries = node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? key : undefined
      const keyOffset = name?.range?.[0] ?? offset
      if (name === undefined || name.value === null || typeof name.value === 'object') {
        fault(keyOffset, 'a key is a word')
        return []
      }
      const word = typeof name.value === 'string' ? name.value : (name.source ?? String(name.value))
      const control = controlIn(word)
      if (control >= 0) {
        fault(keyOffset, controlFault(word, control))
        return []
      }
      if (word === '__proto__') {
        fault(keyOffset, '__proto__ is no key that can be used here')
        return []
      }
      if (word === '<<') {
        fault(
          keyOffset,
          'merge keys (<<) are not read; write the keys out, or give the whole map as an alias',
        )
        return []
      }
      const before = seen.get(word)
      if (before !== undefined) {
        fault(keyOffset, `the key ${JSON.stringify(word.slice(0, 60))} stands in line ${before.line} already`)
        return []
      }
      const position = at(keyOffset)
      seen.set(word, position)
      const built = build(value, depth + 1, keyOffset)
      return built === null ? [] : [{ key: word, at: position, value: built }]
    })
    return { kind: 'map', at: at(offset), entries }
  }
}

const tagFault = (tag: string) =>
  `the tag ${tag.replace('tag:yaml.org,2002:', '!!')} is not read; leave it out`

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The library's sentences end where they quote the line. */
const syntaxFault = (message: string) => {
  const [first = ''] = message.split('\n')
  return `this is no YAML: ${first.replace(/[.:]$/, '')}`
}

/** Position of the first control character that is no blank or line break; -1: there is none. */
function controlIn(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/)
}

function controlFault(text: string, index: number): string {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')
  return `a control character, U+${code}, stands here; take it out`
}
