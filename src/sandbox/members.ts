import { AwsFault } from './aws-fault.js'
import { isObject } from './protocols/json-body.js'
import type { RawInput } from './raw-input.js'

/*
 * Reads members of a request by type. A missing or null member is undefined; another type than the API's is what
 * AWS's JSON reader refuses before any check of values.
 */

export function text(raw: RawInput, member: string): string | undefined {
  const value = raw[member] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw malformed(member, 'a string')
}

/** Numbers come as such in a body, and as text in a query string. */
export function integer(raw: RawInput, member: string): number | undefined {
  const value = raw[member] ?? undefined
  if (value === undefined) return undefined
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number)) return number
  throw malformed(member, 'an integer')
}

export function flag(raw: RawInput, member: string): boolean | undefined {
  const value = raw[member] ?? undefined
  if (value === undefined || typeof value === 'boolean') return value
  throw malformed(member, 'a boolean')
}

export function structure(raw: RawInput, member: string): RawInput | undefined {
  const value = raw[member] ?? undefined
  if (value === undefined || isObject(value)) return value
  throw malformed(member, 'a structure')
}

export function structures(raw: RawInput, member: string): readonly RawInput[] | undefined {
  return list(raw, member)?.map((item) => {
    if (isObject(item)) return item
    throw malformed(member, 'a list of structures')
  })
}

export function texts(raw: RawInput, member: string): readonly string[] | undefined {
  return list(raw, member)?.map((item) => {
    if (typeof item === 'string') return item
    throw malformed(member, 'a list of strings')
  })
}

export function textMap(raw: RawInput, member: string): Readonly<Record<string, string>> | undefined {
  const map = structure(raw, member)
  if (!map) return undefined
  return Object.fromEntries(Object.keys(map).map((key) => [key, text(map, key) ?? '']))
}

function list(raw: RawInput, member: string): readonly unknown[] | undefined {
  const value = raw[member] ?? undefined
  if (value === undefined || Array.isArray(value)) return value
  throw malformed(member, 'a list')
}

function malformed(member: string, wanted: string): AwsFault {
  return new AwsFault('SerializationException', `${member} must be ${wanted}.`, { recorded: false })
}
