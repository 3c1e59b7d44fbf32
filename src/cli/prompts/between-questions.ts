import type { Prompter } from './prompter.js'

/** What is told while a question stands on the screen would be written into its frame: it waits for the answer. */
export interface BetweenQuestions {
  readonly prompter: Prompter
  /** Writes now, or when the question is answered or left. */
  tell(write: () => void): void
}

export function betweenQuestions(prompter: Prompter): BetweenQuestions {
  let asking = 0
  let held: readonly (() => void)[] = []
  async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    asking += 1
    try {
      return await question()
    } finally {
      asking -= 1
      if (asking === 0) flush()
    }
  }
  function flush(): void {
    const waiting = held
    held = []
    for (const write of waiting) write()
  }
  return {
    prompter: {
      interactive: prompter.interactive,
      confirm: (...question) => asked(() => prompter.confirm(...question)),
      ask: (...question) => asked(() => prompter.ask(...question)),
      pick: (...question) => asked(() => prompter.pick(...question)),
      list: (question) => asked(() => prompter.list(question)),
    },
    tell(write) {
      if (asking === 0) write()
      else held = [...held, write]
    },
  }
}
