import { shown } from '../shown.js'
import { describeDifference, valueText } from './describe-difference.js'
import type { LeafTest } from './leaf-test.js'
import { fitsFields, fitsRule, flatten, isLeaf } from './match.js'
import type { FieldRule, FieldsPattern } from './pattern.js'
import {
  fieldOf,
  fieldsOf,
  isTaggedObject,
  readTaggedJson,
  type TaggedJson,
  tagString,
} from './tagged-json.js'

/**
 * Why a message does not fit a pattern: the first thing that stands in the way, as a clause without a full stop.
 * What the pattern says of other keys than the body is passed over.
 */
export function explainMismatch(root: FieldsPattern, body: string): string {
  const content = readTaggedJson(body)
  const isJson = typeof content === 'object' && content !== null
  const own = root.fields.filter(([name]) => name === 'body').map(([, rule]) => rule)
  for (const rule of own) {
    const reason = explainBody(rule, isJson ? content : undefined, body)
    if (reason !== undefined) return reason
  }
  const [first] = root.alternatives.flatMap(([alternative]) => alternative ?? [])
  return first === undefined ? 'it does not fit' : inFirstAlternative(explainMismatch(first, body))
}

function explainBody(rule: FieldRule, json: TaggedJson | undefined, body: string): string | undefined {
  if ('tests' in rule) {
    if (json !== undefined) return 'the filter compares the body as plain text, and this body is JSON'
    const text = tagString(body)
    return fitsRule(rule, text) ? undefined : explainLeaf('the body', rule.tests, text, undefined)
  }
  if (json !== undefined) return explainRule(rule, json, ['body'])
  const broken = /^\s*[[{]/.test(body) ? 'is not valid JSON, so it counts as plain text' : 'is plain text'
  return `the filter looks at fields of a JSON body, and this body ${broken}`
}

function explainRule(
  rule: FieldRule,
  value: TaggedJson | undefined,
  path: readonly string[],
  parent?: TaggedJson,
): string | undefined {
  if (fitsRule(rule, value)) return undefined
  const place = placeOf(path)
  if ('tests' in rule) return explainLeaf(place, rule.tests, value, similarKey(parent, path.at(-1)))
  const objects = flatten(value).filter(isTaggedObject)
  const [first] = objects
  if (first === undefined) {
    if (fitsFields(rule, undefined)) return undefined
    if (value === undefined) return `${place} is missing${similarKey(parent, path.at(-1)) ?? ''}`
    return `${place} is ${valueText(value)}; the filter looks at fields in it`
  }
  const inside = explainFields(rule, first, path)
  return objects.length === 1 ? inside : `no element of ${place} fits; in the first, ${inside}`
}

function explainFields(
  { fields, alternatives }: FieldsPattern,
  object: TaggedJson,
  path: readonly string[],
): string {
  for (const [name, rule] of fields) {
    const value = isTaggedObject(object) ? fieldOf(object, name) : undefined
    const reason = explainRule(rule, value, [...path, name], object)
    if (reason !== undefined) return reason
  }
  const failing = alternatives.find((list) => !list.some((alternative) => fitsFields(alternative, object)))
  const [first] = failing ?? []
  return first === undefined ? 'it does not fit' : inFirstAlternative(explainFields(first, object, path))
}

const inFirstAlternative = (reason: string) => `no alternative of $or fits; in the first, ${reason}`

function explainLeaf(
  place: string,
  tests: readonly LeafTest[],
  value: TaggedJson | undefined,
  similar: string | undefined,
): string {
  const leaves = flatten(value).filter(isLeaf)
  const [leaf] = leaves
  const wanted = wishOf(tests)
  if (leaf === undefined) {
    const is = value === undefined ? 'missing' : Array.isArray(value) ? 'an empty array' : 'an object'
    const note = is === 'an object' ? ', and only single values are compared' : (similar ?? '')
    return `${place} is ${is}; the filter wants ${wanted}${note}`
  }
  if (leaves.length === 1) return `${place} is ${describeDifference(leaf, tests, wanted)}`
  const few = leaves.slice(0, 3).map(valueText).join(', ')
  return `${place} holds ${few}${leaves.length > 3 ? ' …' : ''}; the filter wants ${wanted}`
}

/** `"order" or {"prefix":"inv"}`. */
function wishOf(tests: readonly LeafTest[]): string {
  const wishes = tests.map((test) => (test.wantsAbsence ? 'nothing there' : valueText(test.written)))
  const few = wishes.length > 4 ? [...wishes.slice(0, 3), 'one of the others'] : wishes
  return few.length <= 2 ? few.join(' or ') : `${few.slice(0, -1).join(', ')} or ${few.at(-1)}`
}

/** A key that differs in upper and lower case alone is the likeliest mistake. */
function similarKey(parent: TaggedJson | undefined, name: string | undefined): string | undefined {
  if (!isTaggedObject(parent) || name === undefined) return undefined
  const found = fieldsOf(parent).find(([key]) => key !== name && key.toLowerCase() === name.toLowerCase())
  return found === undefined ? undefined : `; there is ${keyText(found[0])}: upper and lower case differ`
}

const placeOf = (path: readonly string[]) => path.map(keyText).join('.')

const keyText = (key: string) => (/^[\w-]+$/.test(key) && key.length <= 80 ? key : shown(key))
