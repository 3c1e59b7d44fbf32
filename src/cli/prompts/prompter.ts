import { SqsTriggerError } from '../../errors.js'
import type { Streams } from '../../report/streams.js'
import type { ListAnswer, ListQuestion } from '../../wizard/list-prompt.js'

export interface Choice<Value extends string = string> {
  /** What is returned. */
  readonly value: Value
  readonly name: string
  /** What the answer is called once it is given; the name by default. */
  readonly short?: string
}

/** How a question may be left. */
export interface Leaving {
  /** Esc throws WentBack. Default: it does nothing. */
  readonly canGoBack?: boolean
}

/** Puts questions to a person. Every question has a flag that answers it, so scripts never need this. */
export interface Prompter {
  /** false: nobody can be asked; every method then throws. */
  readonly interactive: boolean
  confirm(message: string, preset: boolean, leaving?: Leaving): Promise<boolean>
  /** A line of text; `judge` returns what is wrong with it, or undefined. */
  ask(
    message: string,
    judge: (answer: string) => string | undefined,
    more?: Leaving & { readonly preset?: string | undefined },
  ): Promise<string>
  /** One of a few. */
  pick<Value extends string>(
    message: string,
    choices: readonly Choice<Value>[],
    more?: Leaving & { readonly preset?: Value | undefined },
  ): Promise<Value>
  /** One of many, filtered by typing, while they still arrive. */
  list(question: ListQuestion): Promise<Exclude<ListAnswer, { readonly kind: 'back' }>>
}

/** Thrown where a person leaves a question: Ctrl-C, Ctrl-D, or "no". */
export function cancelled(): SqsTriggerError {
  return new SqsTriggerError('INTERRUPTED', 'Cancelled. Nothing was changed.')
}

/**
 * Nothing that asks is loaded before the first question: most runs put none. By line where nothing may be repainted.
 */
export function openPrompter(
  streams: Streams,
  signal: AbortSignal,
  env: Readonly<Record<string, string | undefined>> = {},
): Prompter {
  if (!streams.canPrompt) return silentPrompter
  let opened: Promise<Prompter> | undefined
  const loaded = () => {
    opened ??= open()
    return opened
  }
  async function open(): Promise<Prompter> {
    if (!streams.stderr.animate) {
      const { linePrompter } = await import('./line-prompter.js')
      return linePrompter(streams, signal)
    }
    const { terminalPrompter } = await import('./terminal-prompter.js')
    return terminalPrompter(streams, signal, env)
  }
  return {
    interactive: true,
    confirm: async (...question) => (await loaded()).confirm(...question),
    ask: async (...question) => (await loaded()).ask(...question),
    pick: async (...question) => (await loaded()).pick(...question),
    list: async (...question) => (await loaded()).list(...question),
  }
}

const silentPrompter: Prompter = {
  interactive: false,
  confirm: refuse,
  ask: refuse,
  pick: refuse,
  list: refuse,
}

/** A command that gets here forgot to look at `interactive`. */
async function refuse(): Promise<never> {
  throw new TypeError('a question was put although nobody can be asked')
}
