import type { FieldRule, FieldsPattern, Pattern } from './pattern.js'
import {
  fieldOf,
  isTaggedObject,
  readTaggedJson,
  type TaggedJson,
  type TaggedLeaf,
  tagString,
} from './tagged-json.js'

/** A message as the function would see it; members besides `body` are matched as they are. */
interface FilterRecord {
  readonly body: string
}

/**
 * Whether a message fits a pattern. A message that fits none of a mapping's patterns is deleted from the queue
 * without the function seeing it. A body that is a JSON object or array is only ever matched by rules for its
 * fields, any other body only by rules for the text as a whole.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function matches(pattern: Pattern, record: FilterRecord): boolean {
  const { body, ...others } = record
  const metadata = readTaggedJson(JSON.stringify(others))
  const content = readTaggedJson(body)
  const isJson = typeof content === 'object' && content !== null
  const message: Message = {
    metadata,
    body: isJson ? content : tagString(body),
    bodyIsJson: isJson,
  }
  return fitsMessage(pattern.root, message)
}

interface Message {
  readonly metadata: TaggedJson | undefined
  readonly body: TaggedJson
  readonly bodyIsJson: boolean
}

function fitsMessage({ fields, alternatives }: FieldsPattern, message: Message): boolean {
  const fit = fields.every(([name, rule]) => {
    if (name !== 'body') return fitsField(rule, name, message.metadata)
    return 'tests' in rule === !message.bodyIsJson && fitsRule(rule, message.body)
  })
  return fit && alternatives.every((list) => list.some((alternative) => fitsMessage(alternative, message)))
}

function fitsField(rule: FieldRule, name: string, parent: TaggedJson | undefined): boolean {
  return fitsRule(rule, isTaggedObject(parent) ? fieldOf(parent, name) : undefined)
}

/** Of an array, one element must fit; fields of an object in it must all fit in the same element. */
export function fitsRule(rule: FieldRule, value: TaggedJson | undefined): boolean {
  const candidates = flatten(value)
  if ('tests' in rule) {
    const leaves = candidates.filter(isLeaf)
    return rule.tests.some((test) => (test.wantsAbsence ? leaves.length === 0 : leaves.some(test.holds)))
  }
  const objects = candidates.filter(isTaggedObject)
  return (objects.length === 0 ? [undefined] : objects).some((object) => fitsFields(rule, object))
}

export function fitsFields({ fields, alternatives }: FieldsPattern, object: TaggedJson | undefined): boolean {
  return (
    fields.every(([name, rule]) => fitsField(rule, name, object)) &&
    alternatives.every((list) => list.some((alternative) => fitsFields(alternative, object)))
  )
}

/** The elements of an array and of the arrays in it. A loop, because a body may be nested very deeply. */
export function flatten(value: TaggedJson | undefined): readonly TaggedJson[] {
  const found: TaggedJson[] = []
  const waiting = value === undefined ? [] : [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!Array.isArray(next)) found.push(next)
    else for (const element of next.toReversed()) waiting.push(element)
  }
  return found
}

export function isLeaf(value: TaggedJson): value is TaggedLeaf {
  return typeof value !== 'object' || value === null
}
