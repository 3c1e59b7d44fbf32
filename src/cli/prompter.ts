import { SqsTriggerError } from '../errors.js'
import { promptTheme } from './prompt-theme.js'
import type { Streams } from './streams.js'

export interface Choice {
  /** What is returned. */
  readonly value: string
  /** What is shown; the value itself by default. */
  readonly name?: string
}

/** Puts questions to a person. Every question has a flag that answers it, so scripts never need this. */
export interface Prompter {
  /** false: nobody can be asked; every method then throws. */
  readonly interactive: boolean
  confirm(message: string, preset: boolean): Promise<boolean>
  /** A line of text; `judge` returns what is wrong with it, or undefined. */
  ask(message: string, judge: (answer: string) => string | undefined): Promise<string>
  /** One of many, filtered by typing. */
  choose(message: string, choices: readonly Choice[]): Promise<string>
}

/** Thrown where a person leaves a question: Ctrl-C, Ctrl-D, or "no". */
export function cancelled(): SqsTriggerError {
  return new SqsTriggerError('INTERRUPTED', 'Cancelled. Nothing was changed.')
}

/**
 * Questions by inquirer, on stderr because stdout is the answer. It is loaded with the first question: off a
 * terminal it would print cursor codes before it noticed.
 */
export function openPrompter(streams: Streams, signal: AbortSignal): Prompter {
  if (!streams.canPrompt) return silentPrompter

  const put = async <Answer>(question: QuestionOf): Promise<Answer> => {
    const { createPromptModule } = await import('inquirer')
    const prompt = createPromptModule({ input: streams.stdin, output: streams.stderr.stream, signal })
    try {
      const { answer } = await prompt([{ ...question, name: 'answer', theme: promptTheme(streams.stderr) }])
      // Each question below is put with the type of its own answer.
      return answer as Answer
    } catch (error) {
      throw signal.aborted ? signal.reason : isLeaving(error) ? cancelled() : error
    }
  }

  return {
    interactive: true,
    confirm: (message, preset) => put<boolean>({ type: 'confirm', message, default: preset }),
    ask: (message, judge) =>
      put<string>({ type: 'input', message, validate: (answer) => judge(String(answer)) ?? true }),
    choose: (message, choices) =>
      put<string>({ type: 'search', message, pageSize: 10, source: (term) => matching(choices, term) }),
  }
}

type QuestionOf =
  | { readonly type: 'confirm'; readonly message: string; readonly default: boolean }
  | { readonly type: 'input'; readonly message: string; readonly validate: (answer: string) => true | string }
  | {
      readonly type: 'search'
      readonly message: string
      readonly pageSize: number
      readonly source: (term: string | undefined) => Choice[]
    }

/** Names that begin with the term come first, then those that contain it; no more than a person would read. */
export function matching(choices: readonly Choice[], term: string | undefined): Choice[] {
  const wanted = (term ?? '').trim().toLowerCase()
  const label = ({ name, value }: Choice) => (name ?? value).toLowerCase()
  const begins = choices.filter((choice) => label(choice).startsWith(wanted))
  const contains = choices.filter(
    (choice) => label(choice).includes(wanted) && !label(choice).startsWith(wanted),
  )
  return [...begins, ...contains].slice(0, mostShown).map(({ value, name = value }) => ({ value, name }))
}

const mostShown = 50

const silentPrompter: Prompter = {
  interactive: false,
  confirm: refuse,
  ask: refuse,
  choose: refuse,
}

/** A command that gets here forgot to look at `interactive`. */
async function refuse(): Promise<never> {
  throw new TypeError('a question was put although nobody can be asked')
}

/** Ctrl-C and Ctrl-D both. Compared by name: more than one copy of the class may be about. */
const isLeaving = (error: unknown) =>
  error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)
