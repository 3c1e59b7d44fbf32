import type { default as Jmespath } from 'jmespath'

/**
 * Where a JMESPath expression cannot be read, as the end of a sentence; undefined: it can. The library says what it
 * misses, but not where: so it is given fewer tokens until nothing is wrong with more than their end.
 */
export function placeOfMistake(expression: string, library: typeof Jmespath): string | undefined {
  const untold = beyondTokens(expression, library)
  if (untold !== undefined) return untold
  const afterDot = behindDot(library.tokenize(expression))
  if (afterDot !== undefined) return afterDot === null ? tooShort : unfit(expression, afterDot.start)
  if (attempt(() => library.compile(expression)) === undefined) return undefined
  const starts = library.tokenize(expression).map(({ start }) => start)
  const isWrong = (tokens: number) => {
    const failure = attempt(() => library.compile(expression.slice(0, starts[tokens])))
    return failure !== undefined && !endedTooSoon(failure)
  }
  if (!isWrong(starts.length)) return tooShort
  // It is read from left to right: what does not fit goes on not to fit, whatever follows.
  let [fitting, wrong] = [0, starts.length]
  while (wrong - fitting > 1) {
    const middle = Math.floor((fitting + wrong) / 2)
    if (isWrong(middle)) wrong = middle
    else fitting = middle
  }
  return unfit(expression, starts[fitting] ?? 0)
}

const tooShort = 'it breaks off at the end'

/** The library takes `a.` and `a..b` for whole. @returns what may not stand behind a dot; null: nothing does. */
function behindDot(tokens: readonly Token[]): Token | null | undefined {
  const dot = tokens.findIndex((token, index) => {
    const next = tokens[index + 1]
    return token.type === 'Dot' && (next === undefined || !fitsBehindDot.includes(next.type))
  })
  return dot < 0 ? undefined : (tokens[dot + 1] ?? null)
}

const fitsBehindDot = ['UnquotedIdentifier', 'QuotedIdentifier', 'Star', 'Lbrace', 'Lbracket']

/** What is no token at all: an unknown character, a lone =, a quote that nobody closes. */
function beyondTokens(expression: string, { tokenize }: typeof Jmespath): string | undefined {
  const wrong = attempt(() => tokenize(expression))
  if (wrong === undefined) {
    const tokens: readonly (Token | undefined)[] = tokenize(expression)
    const lone = tokens.indexOf(undefined)
    if (lone >= 0) return unfit(expression, expression.indexOf('=', tokens[lone - 1]?.start ?? 0))
    const last = tokens.at(-1)?.start ?? 0
    return /^'(?!(?:[^'\\]|\\.)*'\s*$)/s.test(expression.slice(last)) ? unclosed(last) : undefined
  }
  const lengths = Array.from(expression, (_, index) => index + 1)
  const unknown = lengths.find((length) => {
    const failure = attempt(() => tokenize(expression.slice(0, length)))
    return failure?.name === 'LexerError'
  })
  if (unknown !== undefined) return unfit(expression, unknown - 1)
  const readable = lengths.findLast(
    (length) => attempt(() => tokenize(expression.slice(0, length))) === undefined,
  )
  return unclosed(readable ?? 0)
}

type Token = ReturnType<(typeof Jmespath)['tokenize']>[number]

/** Counted from 1, as people count. */
function unfit(expression: string, index: number): string {
  return `character ${index + 1}, ${JSON.stringify(expression[index] ?? '')}, does not fit there`
}

const unclosed = (index: number) => `what begins at character ${index + 1} cannot be read, or is not closed`

const endedTooSoon = ({ message }: Error) => /\bEOF\b/.test(message)

/** undefined: it went well. */
function attempt(work: () => unknown): Error | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
