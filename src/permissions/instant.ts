/**
 * Milliseconds since 1970 of a date as IAM writes it: W3C form (`2026-11-23`, `2026-11-23T05:00:00Z`) or
 * seconds since 1970. `undefined` for anything else, also for a time without its zone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function readInstant(text: string): number | undefined {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000
  if (!/^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?$/.test(text))
    return undefined
  const instant = Date.parse(text)
  // Date.parse takes 30 February for 2 March.
  const midnight = Date.parse(text.slice(0, 10))
  const isInCalendar =
    !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text.slice(0, 10))
  return Number.isNaN(instant) || !isInCalendar ? undefined : instant
}
