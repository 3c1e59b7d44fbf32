/**
 * Lines that a terminal, a log or an editor broke. A break stood for a space or for nothing; which of both is
 * decided by the known words that it stands in.
 */

/** Stands for a break that is a space where nothing decides. */
export const breakAsSpace = '\n'
/** Stands for a break that is nothing where nothing decides. */
export const breakAsNothing = '\v'

/** A pattern that is matched across breaks too. */
export interface BrokenPattern {
  readonly pattern: RegExp
  /** By number of the group: it stands for a space, or for words of which nothing is known. */
  readonly groups: readonly ('space' | 'free' | 'other')[]
}

/** Breaks in a text that is longer are left to what they mostly are: matching is not linear. */
const longestMended = 6_000

/** The text in one line. */
export function mend(text: string, patterns: readonly BrokenPattern[]): string {
  if (!/[\n\v]/.test(text)) return text
  const decided = new Map<number, string>()
  for (const broken of text.length > longestMended ? [] : patterns) decide(text, broken, decided)
  // One word that was cut tells that the lines were broken where they were full.
  const cut = [...decided.values()].includes('')
  return text.replace(/[\n\v]/g, (mark, at: number) => {
    const known = decided.get(at)
    if (known !== undefined) return known
    const [before, after] = [text.slice(Math.max(0, at - longestName), at), text.slice(at + 1, at + 2)]
    const inName = (cut ? /arn:\S*$/ : /arn:\S*:$/).test(before) && /[\w/-]/.test(after)
    const within = inName || /[.,:;)]/.test(after)
    return within || mark === breakAsNothing ? '' : ' '
  })
}

const longestName = 200

function decide(text: string, { pattern, groups }: BrokenPattern, decided: Map<number, string>): void {
  for (const match of text.matchAll(pattern)) {
    const ranges = groups.map((kind, group) => ({ kind, range: match.indices?.[group + 1] }))
    for (const { index } of match[0].matchAll(/[\n\v]/g)) {
      const at = match.index + index
      const within = ranges.find(
        ({ kind, range }) => kind !== 'other' && range && range[0] <= at && at < range[1],
      )
      // The break before the first character does not belong to these words.
      const outside = within === undefined ? index === 0 : within.kind === 'free'
      if (outside || decided.has(at)) continue
      decided.set(at, within === undefined ? '' : ' ')
    }
  }
}

const pieces =
  /(\[(?:\\.|[^\]\\])*\]|\\[^bB]|[^\\()[\]|^$+*?{}])((?:[+*?]|\{\d+(?:,\d*)?\})\??)?|(\(\?(?:<?[=!]|:)|\(|\)[+*?]?\??|\|)|\\[bB]|[\^$]/gs

/** The same pattern, found anywhere, where any space may be a break and any two characters may stand apart. */
export function acrossBreaks(pattern: RegExp): BrokenPattern {
  const groups: ('space' | 'free' | 'other')[] = []
  const found = [...pattern.source.matchAll(pieces)]
  const last = found.findLastIndex(([, atom]) => atom !== undefined)
  const source = found.map(([, atom, times = '', bracket], index) => {
    if (atom === undefined) {
      if (bracket === '(') groups.push('other')
      return bracket ?? ''
    }
    if (atom === ' ') {
      groups.push('space')
      return `([ \\n\\v])${times}`
    }
    const one = `(?:[\\n\\v]?(?![\\n\\v])${atom})`
    // Nobody knows where the words end that may be any, nor a name that nothing follows.
    const any = new RegExp(`^${atom}$`, 's').test(' ')
    if (!any && !(index === last && /^[+*]/.test(times))) return `${one}${times}`
    groups.push('free')
    return `(${one}${times})`
  })
  return { pattern: new RegExp(source.join(''), `dg${pattern.flags.replace(/[dgy]/g, '')}`), groups }
}
