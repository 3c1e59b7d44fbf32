export const anyRun = Symbol('*')
const anyOne = Symbol('?')

/** A pattern taken apart: single characters and the two wildcards. */
export type Glob = readonly (string | typeof anyRun | typeof anyOne)[]

/** `*` and `?` in the text become wildcards. */
export function globOf(text: string): Glob {
  return [...text].map((character) => (character === '*' ? anyRun : character === '?' ? anyOne : character))
}

/** Every character of the text stands for itself. */
export function literalGlob(text: string): Glob {
  return [...text]
}

export function hasWildcard(glob: Glob): boolean {
  return glob.some((token) => typeof token === 'symbol')
}

/** Letter case of `glob` and `text` matters. Takes time proportional to their product at worst. */
export function matchesGlob(glob: Glob, text: string): boolean {
  const characters = [...text]
  let at = 0
  let token = 0
  // Where to go back to when the characters after the latest `*` turn out not to fit.
  let retryToken = -1
  let retryAt = 0
  while (at < characters.length) {
    const wanted = glob[token]
    if (wanted === anyRun) {
      retryToken = token
      retryAt = at
      token += 1
    } else if (wanted === anyOne || (wanted !== undefined && wanted === characters[at])) {
      token += 1
      at += 1
    } else if (retryToken >= 0) {
      retryAt += 1
      at = retryAt
      token = retryToken + 1
    } else {
      return false
    }
  }
  while (glob[token] === anyRun) token += 1
  return token === glob.length
}

/** Cuts at colons into at most `limit` parts; the last part keeps its colons. */
export function splitGlobAtColons(glob: Glob, limit: number): readonly Glob[] {
  const parts: Glob[] = []
  let start = 0
  for (const [position, token] of glob.entries()) {
    if (token !== ':' || parts.length === limit - 1) continue
    parts.push(glob.slice(start, position))
    start = position + 1
  }
  parts.push(glob.slice(start))
  return parts
}
