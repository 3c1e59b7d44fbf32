/** A text from a policy, short enough to stand in a sentence. */
export function clip(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}

const longest = 80
