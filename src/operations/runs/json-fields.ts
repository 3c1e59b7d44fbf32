import { asJsonObject, type JsonObject, jsonObjectIn } from '../../json-object.js'
/** The object that a text is, as JSON; empty where it is none. */
export function parseObject(text: string): JsonObject {
  return jsonObjectIn(text) ?? {}
}

/** The object under a key; empty where there is none. */
export function objectIn(record: JsonObject, key: string): JsonObject {
  return asJsonObject(record[key])
}

/** The text under a key; null where there is none. */
export function textIn(record: JsonObject, key: string): string | null {
  const value = record[key]
  return typeof value === 'string' ? value : null
}
