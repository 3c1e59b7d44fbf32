import { type LeafTest, readLeafTest } from './leaf-test.js'
import { fieldsOf, isTaggedObject, readTaggedJson, type TaggedJson } from './tagged-json.js'

/** All fields must fit; of each `$or`, one alternative must. */
export interface FieldsPattern {
  readonly fields: readonly (readonly [name: string, rule: FieldRule])[]
  readonly alternatives: readonly (readonly FieldsPattern[])[]
}

/** What a field must be: an object with fields of its own, or a value for which one test holds. */
export type FieldRule = FieldsPattern | { readonly tests: readonly LeafTest[] }

export interface Pattern {
  readonly root: FieldsPattern
  /** Keys of the message that the pattern looks at, those within `$or` included. SQS supports `body` only. */
  readonly keys: readonly string[]
  /** Operators that EventBridge has and Lambda does not list. */
  readonly unlistedOperators: readonly string[]
}

/** Why AWS answers `Invalid filter pattern definition.`, in words. */
interface PatternFault {
  readonly problem: string
}

/**
 * Reads a filter pattern. Any fault in it makes AWS refuse the whole mapping.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function parsePattern(json: string): Pattern | PatternFault {
  const content = readTaggedJson(json)
  if (content === undefined) return { problem: 'it is not JSON' }
  if (!isTaggedObject(content)) return { problem: 'it is not a JSON object' }
  const faults: string[] = []
  const root = readFields(content, [], faults)
  const [problem] = faults
  if (problem !== undefined) return { problem }
  const operators = testsOf(root).flatMap(({ unlisted }) => unlisted ?? [])
  return { root, keys: [...new Set(keysOf(root))], unlistedOperators: [...new Set(operators)] }
}

function readFields(object: TaggedJson, path: readonly string[], faults: string[]): FieldsPattern {
  const entries = isTaggedObject(object) ? fieldsOf(object) : []
  const place = path.length === 0 ? 'the pattern' : path.join('.')
  if (entries.length === 0) faults.push(`${place} is empty`)
  const fields: (readonly [string, FieldRule])[] = []
  const alternatives: (readonly FieldsPattern[])[] = []
  for (const [name, rule] of entries) {
    if (name === '$or') alternatives.push(readAlternatives(rule, path, faults))
    else fields.push([name, readRule(rule, [...path, name], faults)])
  }
  return { fields, alternatives }
}

function readAlternatives(
  rule: TaggedJson,
  path: readonly string[],
  faults: string[],
): readonly FieldsPattern[] {
  const list: readonly TaggedJson[] = Array.isArray(rule) ? rule : []
  if (list.length < 2 || !list.every(isTaggedObject)) {
    faults.push(`${[...path, '$or'].join('.')} is not an array of two or more objects`)
  }
  return list.filter(isTaggedObject).map((alternative) => readFields(alternative, path, faults))
}

function readRule(rule: TaggedJson, path: readonly string[], faults: string[]): FieldRule {
  if (isTaggedObject(rule)) return readFields(rule, path, faults)
  const place = path.join('.')
  if (!Array.isArray(rule)) faults.push(`${place} is a single value; a rule is an array such as ["value"]`)
  const list: readonly TaggedJson[] = Array.isArray(rule) ? rule : []
  if (Array.isArray(rule) && list.length === 0) faults.push(`${place} is an empty array`)
  const tests = list.map((element, position) => {
    const test = readLeafTest(element)
    if (test === undefined)
      faults.push(`element ${position + 1} of ${place} is neither a value nor a known operator`)
    return test
  })
  return { tests: tests.filter((test) => test !== undefined) }
}

function keysOf({ fields, alternatives }: FieldsPattern): readonly string[] {
  return [...fields.map(([name]) => name), ...alternatives.flat().flatMap(keysOf)]
}

function testsOf({ fields, alternatives }: FieldsPattern): readonly LeafTest[] {
  const own = fields.flatMap(([, rule]) => ('tests' in rule ? rule.tests : testsOf(rule)))
  return [...own, ...alternatives.flat().flatMap(testsOf)]
}
