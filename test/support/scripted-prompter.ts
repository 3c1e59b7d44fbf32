import type { Prompter } from '../../src/cli/prompts/prompter.js'
import type { ListAnswer } from '../../src/wizard/list-prompt.js'
import { WentBack } from '../../src/wizard/step-machine.js'

type Answer = string | boolean | ListAnswer

/**
 * Answers from a list, and remembers what it was asked. `<` is Esc. An answer that the question refuses is asked for
 * again, with the reason remembered.
 */
export function scripted(answers: readonly Answer[]) {
  const asked: string[] = []
  const left = [...answers]
  const next = (question: string): Answer => {
    asked.push(question)
    const answer = left.shift()
    if (answer === undefined) throw new Error(`nobody said what to answer to “${question}”`)
    if (answer === '<') throw new WentBack()
    return answer
  }
  const prompter: Prompter = {
    interactive: true,
    confirm: async (message, preset) => next(`${message} ${preset ? 'Y/n' : 'y/N'}`) === true,
    ask: async (message, judge, { preset } = {}) => {
      for (;;) {
        const answer = String(next(`${message}${preset === undefined ? '' : ` ${preset}`}`))
        const text = answer === '' && preset !== undefined ? preset : answer
        const wrong = judge(text)
        if (wrong === undefined) return text
        asked.push(`> ${wrong}`)
      }
    },
    pick: async (message, choices) => {
      const answer = next(`${message} ${choices.map(({ value }) => value).join('|')}`)
      const chosen = choices.find(({ value }) => value === answer)
      if (chosen === undefined) throw new Error(`${String(answer)} is none of the answers`)
      return chosen.value
    },
    list: async ({ label }) => {
      const answer = next(label)
      if (typeof answer === 'object' && answer.kind !== 'back') return answer
      return { kind: 'row', row: { key: String(answer), name: String(answer) } }
    },
  }
  return { prompter, asked, left }
}
