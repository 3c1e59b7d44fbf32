/**
 * Text that a user or AWS gave, safe to stand in a sentence: in double quotes, control characters escaped so that
 * they cannot drive a terminal, cut after 80 characters.
 */
export function shown(text: string): string {
  const escaped = JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text)
  // JSON leaves DEL, the C1 range and the direction marks alone.
  return escaped.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
