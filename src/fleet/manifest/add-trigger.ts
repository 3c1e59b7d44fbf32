import { Composer, type Document, isMap, isSeq, Parser } from 'yaml'
import { memberOf } from '../../json-object.js'
import type { KnownRules } from './ignore.js'
import { readManifest } from './read-manifest.js'

/** A trigger as lines of YAML without indentation, the first of them `queue: …`. */
export type TriggerLines = readonly string[]

/**
 * The text of a file with one more trigger at the end of `triggers:`; everything else of it stays as it is, comments
 * included. null: it is written in a form to which a line cannot simply be added, such as JSON.
 */
export function withTrigger(text: string, lines: TriggerLines, rules: KnownRules): string | null {
  const before = countIn(text, rules)
  const added = spliced(text, lines)
  // What was put together as text is read as a file before anybody writes it.
  return before !== null && added !== null && countIn(added, rules) === before + 1 ? added : null
}

function countIn(text: string, rules: KnownRules): number | null {
  try {
    return readManifest({ file: '', text }, undefined, rules).triggers.length
  } catch {
    return null
  }
}

function spliced(text: string, lines: TriggerLines): string | null {
  const [document] = [...new Composer({ resolveKnownTags: false }).compose(new Parser().parse(text))]
  const root = (document as Document.Parsed | undefined)?.contents
  if (root && (!isMap(root) || root.flow)) return null
  const end = /\n$|^$/.test(text) ? text : `${text}\n`
  const pair = root?.items.find(({ key }) => String(key) === 'triggers')
  const name = root?.items.some(({ key }) => String(key) === 'name') ? '' : 'name: triggers\n'
  if (pair === undefined) return `${end}${name}triggers:\n${itemOf(lines, '  ')}`
  const list = pair.value
  if (!isSeq(list)) return null
  const [from = 0, to = 0] = rangeOf(list) ?? []
  if (list.flow && list.items.length > 0) return null
  if (list.flow) {
    const rest = end.slice(to).replace(/^[ \t]*\r?\n/, '')
    return `${end.slice(0, from).trimEnd()}\n${itemOf(lines, '  ')}${rest}`
  }
  const [first, last] = [list.items[0], list.items.at(-1)]
  const start = rangeOf(first)?.[0]
  const stop = rangeOf(last)?.[1]
  if (start === undefined || stop === undefined) return null
  const dash = text.lastIndexOf('-', start - 1)
  const indent = text.slice(text.lastIndexOf('\n', dash) + 1, dash)
  if (dash < 0 || indent.trim() !== '') return null
  // A value may end before or behind its line break, and a comment may follow it.
  const at = text.startsWith('\n', stop - 1) ? stop : text.indexOf('\n', stop) + 1 || end.length
  return `${end.slice(0, at)}${itemOf(lines, indent)}${end.slice(at)}`
}

const itemOf = (lines: TriggerLines, indent: string) =>
  lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}\n`).join('')

function rangeOf(node: unknown): readonly number[] | undefined {
  const range = memberOf(node, 'range')
  return Array.isArray(range) ? range : undefined
}
