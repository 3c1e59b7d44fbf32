/**
 * JSON whose numbers keep the form in which they were written, because Lambda compares them so: 300, 300.0
 * and 3.0e2 differ. Keys and strings carry the mark `s` in front, numbers are kept as text with the mark `n`.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export type TaggedJson = TaggedLeaf | readonly TaggedJson[] | TaggedObject

/** `s…`, `n…`, true, false or null. */
export type TaggedLeaf = string | boolean | null

/** A test of one value. */
export type Holds = (leaf: TaggedLeaf) => boolean

interface TaggedObject {
  readonly [key: `s${string}`]: TaggedJson
}

const stringsAndNumbers = /"((?:[^"\\]|\\.)*")|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** `undefined` for text that is not JSON. */
export function readTaggedJson(text: string): TaggedJson | undefined {
  try {
    JSON.parse(text)
    return JSON.parse(text.replace(stringsAndNumbers, tag))
  } catch {
    return undefined
  }
}

function tag(token: string, string: string | undefined): string {
  return string === undefined ? `"n${token}"` : `"s${string}`
}

export function tagString(text: string): TaggedLeaf {
  return `s${text}`
}

export function stringOf(leaf: TaggedJson): string | undefined {
  return typeof leaf === 'string' && leaf.startsWith('s') ? leaf.slice(1) : undefined
}

export function numberOf(leaf: TaggedJson): number | undefined {
  return typeof leaf === 'string' && leaf.startsWith('n') ? Number(leaf.slice(1)) : undefined
}

export function isTaggedObject(value: TaggedJson | undefined): value is TaggedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of an object, their names without the mark. */
export function fieldsOf(object: TaggedObject): readonly (readonly [string, TaggedJson])[] {
  return Object.entries(object).map(([key, value]) => [key.slice(1), value])
}

export function fieldOf(object: TaggedObject, name: string): TaggedJson | undefined {
  const key = `s${name}` as const
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The JSON text again, numbers as they were written; for what is not nested deeply, such as a rule. */
export function textOf(value: TaggedJson): string {
  if (typeof value === 'string')
    return value.startsWith('s') ? JSON.stringify(value.slice(1)) : value.slice(1)
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (!isTaggedObject(value)) return String(value)
  return `{${fieldsOf(value)
    .map(([name, field]) => `${JSON.stringify(name)}:${textOf(field)}`)
    .join(',')}}`
}
