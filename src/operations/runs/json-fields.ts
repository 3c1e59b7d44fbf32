/** The object that a text is, as JSON; empty where it is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectIn({ value: JSON.parse(text) }, 'value')
  } catch {
    return {}
  }
}

/** The object under a key; empty where there is none. */
export function objectIn(
  record: Readonly<Record<string, unknown>>,
  key: string,
): Readonly<Record<string, unknown>> {
  const value = record[key]
  // An object of JSON has text keys.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The text under a key; null where there is none. */
export function textIn(record: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = record[key]
  return typeof value === 'string' ? value : null
}
