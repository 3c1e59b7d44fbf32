import type { CommandContext } from '../cli/command-context.js'
import { isSignedOut, SqsTriggerError } from '../errors.js'
import { askRegion } from './ask-region.js'
import type { ListSource } from './list-prompt.js'
import type { ListEnding } from './live-list.js'
import { WentBack } from './step-machine.js'
import { withTyped } from './typed-row.js'
import type { Place, Workplace } from './workplace.js'

/** What differs between asking for a queue and for a function. */
export interface NameQuestion {
  readonly label: 'Queue' | 'Function'
  readonly plural: 'queues' | 'functions'
  /** `name, URL or ARN`. */
  readonly forms: string
  source(place: Place): ListSource
  ending(place: Place): ListEnding | undefined
  /** The Region that an ARN or a URL names. @throws SqsTriggerError USAGE for what can be no name. */
  regionIn(text: string): string | undefined
  /** Looks whether it is there. @throws SqsTriggerError */
  look(text: string, place: Place): Promise<unknown>
}

/** The name was chosen, or a person wants another Region: then everything begins again. */
export type NameAnswer =
  | {
      readonly kind: 'name'
      readonly name: string
      /** The Region that it was typed for; undefined: it was chosen from the list. */
      readonly typedIn?: string
    }
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }

/** What was answered last. */
export type NameBefore = Omit<Extract<NameAnswer, { readonly kind: 'name' }>, 'kind'>

/**
 * One name from a live list, or typed. Where a list is refused or empty, it says so and goes on.
 * @throws WentBack, or SqsTriggerError where nobody is signed in any more.
 */
export async function askName(
  question: NameQuestion,
  before: NameBefore | undefined,
  canGoBack: boolean,
  workplace: Workplace,
  { prompter, reporter }: Pick<CommandContext, 'prompter' | 'reporter'>,
): Promise<NameAnswer> {
  let reasonTold = false
  let lastTyped: string | undefined
  for (;;) {
    const place = await workplace.enter()
    const { region } = place.caller
    const typedHere = before?.typedIn === region ? before.name : undefined
    const answer = await prompter.list({
      label: question.label,
      plural: question.plural,
      preset: before?.name,
      ...withTyped(question.source(place), typedHere),
      typeInstead: `Type a ${question.forms}`,
      judge: (text) => wrongWith(question, text, region),
      canGoBack,
    })
    if (answer.kind === 'row') return rowAnswer(answer.row.key, typedHere, region)
    if (answer.kind === 'typed') {
      if (await isThere(answer.text, place)) return { kind: 'name', name: answer.text, typedIn: region }
      continue
    }
    const hasList = answer.kind === 'type'
    const next = hasList ? 'type' : await withoutList(place)
    if (typeof next === 'object') return next
    const typed = next === 'again' ? undefined : await typedName(place, hasList, lastTyped ?? before?.name)
    if (typed !== undefined) return { kind: 'name', name: typed, typedIn: region }
  }

  /** undefined: it is not there, or the list is wanted again. */
  async function typedName(
    place: Place,
    hasList: boolean,
    preset: string | undefined,
  ): Promise<string | undefined> {
    try {
      const text = await prompter.ask(
        `${question.label} (${question.forms}):`,
        (answer) => wrongWith(question, answer.trim(), place.caller.region),
        { canGoBack: hasList || canGoBack, preset },
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
      if (isSignedOut(error)) throw error
      reporter.note(error.message)
      // Whoever cannot be asked just now may answer the next time.
      if (!/^(QUEUE|FUNCTION)_NOT_FOUND$/.test(error.code)) lastTyped = text
      return false
    }
  }

  /** Says why there is no list. Where there is nothing, another Region may have some. */
  async function withoutList(
    place: Place,
  ): Promise<'again' | 'type' | Extract<NameAnswer, { kind: 'moved' }>> {
    const ending = question.ending(place)
    if (ending?.kind === 'failed') {
      const { error } = ending
      // Who is signed out can type nothing that helps.
      if (!(error instanceof SqsTriggerError) || isSignedOut(error)) throw error
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
      const to = await askRegion(region, prompter)
      workplace.move(to)
      return { kind: 'moved', from: region, to }
    } catch (error) {
      if (error instanceof WentBack) return 'again'
      throw error
    }
  }
}

/** What was typed before stays so, when it is chosen again. */
function rowAnswer(name: string, typed: string | undefined, region: string): NameAnswer {
  return name === typed ? { kind: 'name', name, typedIn: region } : { kind: 'name', name }
}

/** `here`: the Region of the caller, where Lambda looks for both. */
function wrongWith(question: NameQuestion, text: string, here: string): string | undefined {
  if (text === '') return `Type a ${question.forms}.`
  try {
    const region = question.regionIn(text)
    if (region === undefined || region === here) return undefined
    const asked = question.label.toLowerCase()
    return `This ${asked} is in ${region}, and Lambda polls only queues of its own Region: choose one in ${here}, or begin again with --region ${region}.`
  } catch (error) {
    if (error instanceof SqsTriggerError) return error.message
    throw error
  }
}
