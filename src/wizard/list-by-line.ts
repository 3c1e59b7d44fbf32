import type { Leaving } from '../cli/prompts/prompter.js'
import { StoppedAtQuestion } from '../cli/stopped.js'
import { aboutRow, type ListAnswer, type ListQuestion, type ListSource } from './list-prompt.js'
import { type ListRow, matchingRows } from './list-rows.js'

/** How a list is told line by line. */
export interface LineTalk {
  say(text: string, indent?: number): void
  /** The same sentence is said only the first time. */
  once(text: string): void
  /** A line, without the blanks around it. @throws WentBack, or whatever ends the question */
  answer(question: string, leaving: Leaving): Promise<string>
}

/** So many rows are told at a time. */
const atATime = 10
/** So long the whole list is waited for, which then stands there in its order. */
const wholeMs = 1_000
/** So long what helps to choose is waited for, which is not told afterwards. */
const detailsMs = 2_000

/** One of many, told in parts with numbers. What arrives later is told on request, and never changes a number. */
export async function listByLine(
  question: ListQuestion,
  talk: LineTalk,
  signal: AbortSignal,
): Promise<Exclude<ListAnswer, { readonly kind: 'back' }>> {
  const { source, label, plural, typeInstead, canGoBack, judge } = question
  const say = (text: string): undefined => {
    talk.say(text)
  }
  const wait = (holds: () => boolean, ms?: number) => until(source, holds, signal, ms)
  let wanted = ''
  let told: readonly ListRow[] = []

  if (!(await wait(() => !source.reading(), wholeMs)) && source.rows().length === 0) {
    say(`Reading the ${plural}.`)
    await wait(() => source.rows().length > 0 || !source.reading())
  }
  if (source.rows().length === 0) return { kind: 'nothing' }
  await tell()
  for (;;) {
    const usual = presetOf()
    const answer = await talk.answer(`${label}${usual === undefined ? '' : `, or Enter for ${usual}`}:`, {
      canGoBack,
    })
    const chosen = answer === '' && usual !== undefined ? asNamed(usual) : await read(answer)
    if (chosen === undefined) continue
    if (chosen.kind === 'row') say(`Chosen: ${chosen.row.name}`)
    return chosen
  }

  /** undefined: something was said instead. */
  async function read(answer: string): Promise<Extract<ListAnswer, { kind: 'row' | 'typed' }> | undefined> {
    const row = (/^\d+$/.test(answer) ? told[Number(answer) - 1] : undefined) ?? rowNamed(answer)
    if (row !== undefined) return { kind: 'row', row }
    if (answer === '') return say(`Type a number from 1 to ${told.length}, or a name.`)
    if (answer === '<') return say('There is no question to go back to.')
    if (answer.toLowerCase() === 'more') {
      if (rest().length > 0) return tell()
      return say(source.reading() ? `No more ${plural} so far; they are still being read.` : 'That was all.')
    }
    const again = answer === wanted && typeInstead !== null
    if (!again && matchingRows(source.rows(), answer).length > 0) {
      wanted = answer
      told = []
      return tell()
    }
    if (!again && /^\d+$/.test(answer)) return say(`The numbers go from 1 to ${told.length}.`)
    const wrong = typeInstead === null ? `No name holds “${answer}”.` : judge(answer)
    return wrong === undefined ? { kind: 'typed', text: answer } : say(wrong)
  }

  /** By its whole name or ARN. */
  function rowNamed(text: string): ListRow | undefined {
    return source.rows().find(({ name, aliases = [] }) => name === text || aliases.includes(text))
  }

  function asNamed(text: string): Extract<ListAnswer, { kind: 'row' | 'typed' }> {
    const row = rowNamed(text)
    return row === undefined ? { kind: 'typed', text } : { kind: 'row', row }
  }

  /** What Enter alone means: the answer that was given before, or the only row there is. */
  function presetOf(): string | undefined {
    if (wanted === '' && question.preset !== undefined) return question.preset
    return told.length === 1 && rest().length === 0 && !source.reading() ? told[0]?.name : undefined
  }

  function rest(): readonly ListRow[] {
    const known = new Set(told.map(({ key }) => key))
    return matchingRows(source.rows(), wanted).filter(({ key }) => !known.has(key))
  }

  async function tell(): Promise<undefined> {
    const next = rest().slice(0, atATime)
    source.look(next)
    await wait(() => source.settled?.(next) ?? true, detailsMs)
    if (told.length === 0) heading()
    for (const [index, row] of next.entries()) say(`${told.length + index + 1}. ${rowText(row)}`)
    told = [...told, ...next]
    const trouble = source.trouble?.() ?? null
    if (trouble !== null) say(trouble)
    const left = rest().length
    if (left > 0) say(`${left.toLocaleString('en')} more: type more.`)
    if (wanted !== '' && typeInstead !== null) talk.once('Type the same again to use it as it is.')
    instruct()
  }

  function heading() {
    const count = matchingRows(source.rows(), wanted).length
    const which = wanted === '' ? '' : ` with “${wanted}”`
    const reading = source.reading() ? ' so far, more are being read' : ''
    const first = count > atATime ? ` The first ${atATime}:` : ''
    say(`${capital(plural)}${which}: ${count.toLocaleString('en')}${reading}.${first}`)
  }

  function instruct() {
    const typing = typeInstead === null ? 'Type' : `${typeInstead}, or`
    talk.once(`${typing} a number of the list, or a part of a name to search. Ctrl-C leaves.`)
  }

  function rowText(row: ListRow): string {
    const cells = aboutRow(source, row)
    return cells.length === 0 ? row.name : `${row.name}: ${cells.join(', ')}`
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Whether it came to hold, within the time if there is one. */
function until(
  source: Pick<ListSource, 'onChange'>,
  holds: () => boolean,
  signal: AbortSignal,
  ms?: number,
): Promise<boolean> {
  if (signal.aborted) return Promise.reject(new StoppedAtQuestion(signal.reason))
  if (holds()) return Promise.resolve(true)
  return new Promise((resolve, reject) => {
    const timer = ms === undefined ? undefined : setTimeout(() => end(() => resolve(false)), ms)
    const onAbort = () => end(() => reject(new StoppedAtQuestion(signal.reason)))
    const stop = source.onChange(() => {
      if (holds()) end(() => resolve(true))
    })
    signal.addEventListener('abort', onAbort)
    function end(settle: () => void) {
      clearTimeout(timer)
      stop()
      signal.removeEventListener('abort', onAbort)
      settle()
    }
  })
}
