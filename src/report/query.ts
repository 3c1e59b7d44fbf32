import type { default as Jmespath } from 'jmespath'
import { shellWord } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import { memberOf } from '../json-object.js'
import { didYouMean } from '../suggest.js'
import { placeOfMistake } from './query-place.js'

/**
 * The part of an answer that was asked for; null where there is nothing, as JMESPath has it.
 * @throws SqsTriggerError USAGE for a function that cannot take what it is given
 */
export type Query = (document: unknown) => unknown

/**
 * Reads a JMESPath expression, as aws-cli has them. https://jmespath.org/specification.html
 * @throws SqsTriggerError USAGE saying at which character it cannot be read
 */
export async function readQuery(expression: string): Promise<Query> {
  if (expression.trim() === '') throw noQuery('--query is empty')
  if (expression.length > longest) {
    throw noQuery(`--query is longer than ${longest.toLocaleString('en')} characters`)
  }
  const { default: jmespath } = await import('jmespath')
  const mistake = placeOfMistake(expression, jmespath)
  if (mistake !== undefined) throw noQuery(`--query is no JMESPath expression: ${mistake}`)
  checkFunctions(expression, jmespath)
  return (document) => {
    try {
      const found = jmespath.search(document, expression) ?? null
      // `constructor` is in no document, and yet the library finds it.
      return typeof found === 'function' ? null : found
    } catch (error) {
      throw unfit(expression, document, error)
    }
  }
}

/** Far more than anybody types, and few enough to look for a mistake step by step. */
const longest = 4096

function noQuery(what: string, example = 'result.mapping.uuid'): SqsTriggerError {
  return new SqsTriggerError('USAGE', /[.?!]$/.test(what) ? what : `${what}.`, {
    hint: `for example: --query ${shellWord(example)}`,
  })
}

/** A function got what it cannot take: mostly nothing, because `result.` was left out. */
function unfit(expression: string, document: unknown, error: unknown): SqsTriggerError {
  const reason = error instanceof Error ? error.message.replace(/^TypeError: /, '') : String(error)
  const [, name, received] = /^(\w+)\(\) expected argument .* but received type (\w+)/.exec(reason) ?? []
  const kind = kinds[received ?? '']
  const cannot = '--query cannot be applied to this answer'
  if (kind === undefined) return noQuery(`${cannot}: ${reason}`)
  const given = `${cannot}: ${name}() was given ${kind}, which it does not take`
  if (kind !== 'null') return noQuery(given)
  const isWord = (word: string) => new RegExp(`(?<![\\w.'"\`-])${word}\\b`)
  const key = Object.keys(Object(memberOf(document, 'result'))).find(
    (one) => memberOf(document, one) === undefined && isWord(one).test(expression),
  )
  if (key === undefined) return noQuery(`${given}: nothing of that name is in the answer`)
  const meant = expression.replace(isWord(key), `result.${key}`)
  return noQuery(`${given}: the document has no ${key} at its top. Begin with result.${key}`, meant)
}

/** By the words of the library. */
const kinds: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
}

/** The library notices only when the function is called: then what was asked for is done already. */
function checkFunctions(expression: string, { compile }: typeof Jmespath): void {
  const unknown = functionsIn(compile(expression)).find((name) => !functions.includes(name))
  if (unknown !== undefined)
    throw noQuery(
      `--query: JMESPath has no function ${unknown}()${didYouMean(unknown, functions, (name) => `${name}()`)}`,
    )
}

function functionsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(functionsIn)
  if (typeof node !== 'object' || node === null) return []
  const { type, name, ...rest } = { type: undefined, name: undefined, ...node }
  const own = type === 'Function' && typeof name === 'string' ? [name] : []
  return [...own, ...functionsIn(Object.values(rest))]
}

/** https://jmespath.org/specification.html#built-in-functions */
export const functions: readonly string[] = [
  'abs',
  'avg',
  'ceil',
  'contains',
  'ends_with',
  'floor',
  'join',
  'keys',
  'length',
  'map',
  'max',
  'max_by',
  'merge',
  'min',
  'min_by',
  'not_null',
  'reverse',
  'sort',
  'sort_by',
  'starts_with',
  'sum',
  'to_array',
  'to_number',
  'to_string',
  'type',
  'values',
]

/**
 * A text or a number as it is, several of them on a line with tabs in between, as aws-cli has it; nothing is an empty
 * line. What has a structure stays JSON: undefined.
 */
export function rawText(value: unknown): string | undefined {
  if (value === null) return ''
  if (!Array.isArray(value)) return plain(value) ? String(value) : undefined
  return value.every((item) => item === null || plain(item))
    ? value.map((item) => (item === null ? '' : String(item))).join('\t')
    : undefined
}

const plain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
