import type { CommandContext } from '../cli/command-context.js'
import { SqsTriggerError } from '../errors.js'
import { askRegion } from './ask-region.js'
import type { ListSource } from './list-prompt.js'
import type { ListEnding } from './live-list.js'
import { WentBack } from './step-machine.js'
import type { Place, Workplace } from './workplace.js'

/** What differs between asking for a queue and for a function. */
export interface NameQuestion {
  readonly label: 'Queue' | 'Function'
  readonly plural: 'queues' | 'functions'
  /** `name, URL or ARN`. */
  readonly forms: string
  source(place: Place): ListSource
  ending(place: Place): ListEnding | undefined
  /** @throws SqsTriggerError USAGE for what can be no name. */
  read(text: string): unknown
  /** Looks whether it is there. @throws SqsTriggerError */
  look(text: string, place: Place): Promise<unknown>
}

/** The name was chosen, or a person wants another Region: then everything begins again. */
export type NameAnswer = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'moved' }

/**
 * One name from a live list, or typed. Where a list is refused or empty, it says so and goes on.
 * @throws WentBack, or SqsTriggerError where nobody is signed in any more.
 */
export async function askName(
  question: NameQuestion,
  preset: string | undefined,
  canGoBack: boolean,
  workplace: Workplace,
  { prompter, reporter }: Pick<CommandContext, 'prompter' | 'reporter'>,
): Promise<NameAnswer> {
  let reasonTold = false
  for (;;) {
    const place = await workplace.enter()
    const answer = await prompter.list({
      label: question.label,
      plural: question.plural,
      source: question.source(place),
      preset,
      typeInstead: `Type a ${question.forms}`,
      judge: (text) => wrongWith(question, text),
      canGoBack,
    })
    if (answer.kind === 'row') return { kind: 'name', name: answer.row.key }
    if (answer.kind === 'typed') {
      if (await isThere(answer.text, place)) return { kind: 'name', name: answer.text }
      continue
    }
    const hasList = answer.kind === 'type'
    const next = hasList ? 'type' : await withoutList(place)
    if (next === 'moved') return { kind: 'moved' }
    const typed = next === 'again' ? undefined : await typedName(place, hasList)
    if (typed !== undefined) return { kind: 'name', name: typed }
  }

  /** undefined: it is not there, or the list is wanted again. */
  async function typedName(place: Place, hasList: boolean): Promise<string | undefined> {
    try {
      const text = await prompter.ask(
        `${question.label} (${question.forms}):`,
        (answer) => wrongWith(question, answer.trim()),
        { canGoBack: hasList || canGoBack },
      )
      return (await isThere(text.trim(), place)) ? text.trim() : undefined
    } catch (error) {
      if (error instanceof WentBack && hasList) return undefined
      throw error
    }
  }

  async function isThere(text: string, place: Place): Promise<boolean> {
    try {
      await question.look(text, place)
      return true
    } catch (error) {
      if (!(error instanceof SqsTriggerError)) throw error
      if (error.code === 'ACCESS_DENIED') return true
      if (!/^(QUEUE|FUNCTION)_NOT_FOUND$/.test(error.code)) throw error
      reporter.note(error.message)
      return false
    }
  }

  /** Says why there is no list. Where there is nothing, another Region may have some. */
  async function withoutList(place: Place): Promise<'moved' | 'again' | 'type'> {
    const ending = question.ending(place)
    if (ending?.kind === 'failed') {
      const { error } = ending
      if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
      const asked = question.label.toLowerCase()
      if (!reasonTold) reporter.note(`${error.message} So type the name of the ${asked}.`)
      reasonTold = true
      return 'type'
    }
    const { account, region } = place.caller
    reporter.note(`There are no ${question.plural} in account ${account}, ${region}.`)
    const next = await prompter.pick(
      'Look elsewhere?',
      [
        { value: 'region', name: 'In another Region' },
        { value: 'type', name: `Type a ${question.forms}` },
      ],
      { canGoBack },
    )
    if (next === 'type') return 'type'
    try {
      workplace.move(await askRegion(region, prompter))
      return 'moved'
    } catch (error) {
      if (error instanceof WentBack) return 'again'
      throw error
    }
  }
}

function wrongWith(question: NameQuestion, text: string): string | undefined {
  if (text === '') return `Type a ${question.forms}.`
  try {
    question.read(text)
    return undefined
  } catch (error) {
    if (error instanceof SqsTriggerError) return error.message
    throw error
  }
}
