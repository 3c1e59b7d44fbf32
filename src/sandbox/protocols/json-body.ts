import { AwsFault } from '../aws-fault.js'
import type { RawInput } from '../raw-input.js'

/** Parses a JSON object; an empty body is one without members. Throws SerializationException on anything else. */
export function parseJsonObject(body: Buffer): RawInput {
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw malformed()
  }
  if (!isObject(value)) throw malformed()
  return value
}

/** True for JSON objects, false for arrays and null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Writes answer members: times as epoch seconds, bytes as base64, as all AWS JSON protocols do. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? {}, function (key, plain: unknown) {
    // JSON.stringify has already turned a Date into text by now; the holder still has the Date.
    const original: unknown = (this as Readonly<Record<string, unknown>>)[key] // `this` is the holder, typed any by lib
    if (original instanceof Date) return original.getTime() / 1000
    if (original instanceof Uint8Array) return Buffer.from(original).toString('base64')
    return plain
  })
}

function malformed(): AwsFault {
  return new AwsFault('SerializationException', 'The request body is not a JSON object.', { recorded: false })
}
