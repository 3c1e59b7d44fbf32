import { isInRange } from '../permissions/ip-range.js'
import { readNumeric } from './numeric.js'
import { fieldsOf, type Holds, isTaggedObject, numberOf, stringOf, type TaggedJson } from './tagged-json.js'
import { compileWildcard } from './wildcard.js'

/**
 * What each operator makes of its operand; `undefined` when the operand is not valid. `wildcard`, `cidr` and
 * the nested forms are EventBridge's, from which Lambda took its syntax; Lambda's own list lacks them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const operators: Readonly<Record<string, (operand: TaggedJson) => Holds | undefined>> = {
  prefix: (operand) => readAffix(operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => readAffix(operand, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => readText(operand, lowerCase, (text, wanted) => text === wanted),
  numeric: readNumeric,
  'anything-but': readAnythingBut,
  wildcard: readWildcard,
  cidr: readCidr,
}

function readAffix(operand: TaggedJson, test: (text: string, part: string) => boolean): Holds | undefined {
  if (!isTaggedObject(operand)) return readText(operand, asWritten, test)
  const [only, ...others] = fieldsOf(operand)
  if (only?.[0] !== 'equals-ignore-case' || others.length > 0) return undefined
  return readText(only[1], lowerCase, test)
}

function readText(
  operand: TaggedJson,
  fold: (text: string) => string,
  test: (text: string, wanted: string) => boolean,
): Holds | undefined {
  const wanted = stringOf(operand)
  if (wanted === undefined) return undefined
  const folded = fold(wanted)
  return (leaf) => {
    const text = stringOf(leaf)
    return text !== undefined && test(fold(text), folded)
  }
}

/** A string, a number, a list of either kind, or one of the text operators. A field without a value never fits. */
function readAnythingBut(operand: TaggedJson): Holds | undefined {
  if (isTaggedObject(operand)) return readAnythingButNested(operand)
  const values = [operand].flat()
  const isUniform = [stringOf, numberOf].some((read) => values.every((value) => read(value) !== undefined))
  if (values.length === 0 || !isUniform) return undefined
  return (leaf) => !values.includes(leaf)
}

function readAnythingButNested(operand: TaggedJson): Holds | undefined {
  const [only, ...others] = isTaggedObject(operand) ? fieldsOf(operand) : []
  if (only === undefined || others.length > 0) return undefined
  const [name, nested] = only
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)) return undefined
  const excluded = [nested].flat().map((value) => operators[name]?.(value))
  if (excluded.length === 0 || excluded.includes(undefined)) return undefined
  return (leaf) => !excluded.some((holds) => holds?.(leaf))
}

function readWildcard(operand: TaggedJson): Holds | undefined {
  const pattern = stringOf(operand)
  const matches = pattern === undefined ? undefined : compileWildcard(pattern)
  if (matches === undefined) return undefined
  return (leaf) => {
    const text = stringOf(leaf)
    return text !== undefined && matches(text)
  }
}

function readCidr(operand: TaggedJson): Holds | undefined {
  const range = stringOf(operand) ?? ''
  const [network = '', prefix] = range.split('/')
  if (prefix === undefined || isInRange(network, range) === undefined) return undefined
  return (leaf) => isInRange(stringOf(leaf) ?? '', range) === true
}

function asWritten(text: string): string {
  return text
}

function lowerCase(text: string): string {
  return text.toLowerCase()
}
