/** A JSON object before anything is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>

/** True for objects, false for lists and null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value where it is an object, and an empty one otherwise: every member is then missing. */
export const asJsonObject = (value: unknown): JsonObject => (isJsonObject(value) ? value : {})

/** The object that a text is; undefined where it is no JSON, or another value than an object. */
export function jsonObjectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A member of whatever it is that a library handed over; undefined where that is no object. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
