import { AwsFault } from '../aws-fault.js'

interface Term {
  readonly text: string
  readonly kind: 'all' | 'any' | 'none'
}

/**
 * A filter pattern for unstructured log events, as a test for a message: terms and "quoted phrases" that must all
 * occur, `?term` of which one must occur, `-term` that must not. Letter case counts. A term is found anywhere in
 * the message.
 *
 * Not understood, and refused: JSON patterns (`{ $.level = "ERROR" }`), space-delimited ones (`[ip, user]`) and
 * regular expressions (`%…%`).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function readFilterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[[{]/.test(pattern) || pattern.includes('%')) {
    throw invalid('the sandbox knows terms and quoted phrases, not JSON, space-delimited or %regex% patterns')
  }
  const terms = readTerms(pattern.trim())
  const all = terms.filter(({ kind }) => kind === 'all')
  const any = terms.filter(({ kind }) => kind === 'any')
  const none = terms.filter(({ kind }) => kind === 'none')
  return (message) =>
    all.every(({ text }) => message.includes(text)) &&
    (any.length === 0 || any.some(({ text }) => message.includes(text))) &&
    !none.some(({ text }) => message.includes(text))
}

function readTerms(pattern: string): readonly Term[] {
  const terms: Term[] = []
  const next = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_]+))(?=\s|$)/y
  let end = 0
  while (end < pattern.length) {
    const match = next.exec(pattern)
    // AWS wants every term with another character than letters, digits and underscore in quotes.
    if (!match) throw invalid('a term with characters other than letters, digits and _ must stand in quotes')
    const text = match[2]?.replace(/\\(.)/g, '$1') ?? match[3] ?? ''
    terms.push({ text, kind: match[1] === '?' ? 'any' : match[1] === '-' ? 'none' : 'all' })
    end = next.lastIndex
  }
  return terms
}

function invalid(reason: string): AwsFault {
  return new AwsFault('InvalidParameterException', `Invalid filter pattern: ${reason}`, { recorded: false })
}
