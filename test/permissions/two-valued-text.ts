import type { RequestFact, RequestFacts } from '../../src/permissions/request.js'

export function valuesOf(fact: RequestFact | undefined): readonly string[] {
  return fact?.state === 'known' ? fact.values : []
}

/** Text with its wildcards as they stand, and what came out of variables as plain characters. */
export type Filled = readonly { readonly text: string; readonly plain: boolean }[]

/** undefined: a variable has no value and no default. */
export function fill(pattern: string, version: string, facts: RequestFacts): Filled | undefined {
  if (version === '2008-10-17') return [{ text: pattern, plain: false }]
  const pieces: { text: string; plain: boolean }[] = []
  // Every second piece is what stood within braces.
  for (const [index, piece] of pattern.split(/\$\{(.*?)\}/).entries()) {
    if (index % 2 === 0) {
      pieces.push({ text: piece, plain: false })
      continue
    }
    const [key = '', fallback] = piece.split(', ')
    const [value = fallback?.slice(1, -1)] = piece === '*' ? ['*'] : valuesOf(facts[key])
    if (value === undefined) return undefined
    pieces.push({ text: value, plain: true })
  }
  return pieces
}

/** The text itself, for operators without wildcards. */
export function plainText(filled: Filled): string {
  return filled.map(({ text }) => text).join('')
}

export function plainGlob(filled: Filled, flags = ''): RegExp {
  const source = charactersOf(filled).map(({ character, plain }) => sourceOf(character, plain, '.'))
  return new RegExp(`^${source.join('')}$`, flags)
}

/** A star stays within its part of an ARN, except in the sixth and last. */
export function arnGlob(filled: Filled): RegExp {
  let colons = 0
  const source = charactersOf(filled).map(({ character, plain }) => {
    const any = colons < 5 ? '[^:]' : '.'
    if (character === ':') colons += 1
    return sourceOf(character, plain, any)
  })
  return new RegExp(`^${source.join('')}$`)
}

function charactersOf(filled: Filled) {
  return filled.flatMap(({ text, plain }) => [...text].map((character) => ({ character, plain })))
}

function sourceOf(character: string, plain: boolean, any: string): string {
  if (!plain && character === '*') return `${any}*`
  if (!plain && character === '?') return any
  return character.replace(/[.+^${}()|[\]\\*?]/, '\\$&')
}
