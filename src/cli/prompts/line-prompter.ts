import { fill, pageOn, shown } from '../../report/page.js'
import { plainPalette } from '../../report/palette.js'
import type { Streams } from '../../report/streams.js'
import { type LineTalk, listByLine } from '../../wizard/list-by-line.js'
import { WentBack } from '../../wizard/step-machine.js'
import { StoppedAtQuestion } from '../stopped.js'
import { openLineReader } from './line-reader.js'
import { type Choice, cancelled, type Leaving, type Prompter } from './prompter.js'

/**
 * Questions that are written once and answered by a line: for screen readers, which say nothing of what is repainted,
 * and for terminals that cannot repaint. Nothing but text is written, on stderr because stdout is the answer.
 */
export function linePrompter({ stdin, stderr }: Streams, signal: AbortSignal): Prompter {
  const reader = openLineReader(stdin)
  const page = pageOn(stderr, plainPalette)
  const said = new Set<string>()

  const say = (text: string, indent = 0) => {
    for (const line of fill(page, shown(page, text), indent, indent + 2)) stderr.write(`${line}\n`)
  }

  const talk: LineTalk = {
    say,
    once: (text) => {
      if (!said.has(text)) say(text)
      said.add(text)
    },
    answer: async (question, { canGoBack = false }) => {
      if (canGoBack) talk.once('Type back to return to the question before.')
      stderr.write(`${fill(page, shown(page, question), 0, 2).join('\n')} `)
      const line = await reader.next(signal).catch((reason: unknown) => {
        stderr.write('\n')
        throw new StoppedAtQuestion(reason)
      })
      if (line === undefined) {
        stderr.write('\n')
        throw cancelled()
      }
      if (canGoBack && isBack(line)) throw new WentBack()
      return line.trim()
    },
  }

  /** Puts the question until `read` makes something of the answer; what is wrong with one it says itself. */
  async function until<Value>(
    question: string,
    leaving: Leaving,
    read: (answer: string) => Value | undefined,
  ): Promise<Value> {
    for (;;) {
      const value = read(await talk.answer(question, leaving))
      if (value !== undefined) return value
    }
  }

  return {
    interactive: true,
    confirm: (message, preset, leaving = {}) =>
      until(`${message} ${preset ? '(Y/n)' : '(y/N)'}`, leaving, (answer) => {
        if (answer === '') return preset
        if (/^(y|yes)$/i.test(answer)) return true
        if (/^(n|no)$/i.test(answer)) return false
        say('Type y for yes, or n for no.')
        return undefined
      }),
    ask: (message, judge, { preset, ...leaving } = {}) =>
      until(withEnter(message, preset), leaving, (typed) => {
        const answer = typed === '' && preset !== undefined ? preset : typed
        const wrong = judge(answer)
        if (wrong === undefined) return answer
        say(wrong)
        return undefined
      }),
    pick: async (message, choices, { preset, ...leaving } = {}) => {
      say(message)
      for (const [index, { name }] of choices.entries()) say(`${index + 1}. ${name}`, 2)
      const first = choices.find(({ value }) => value === preset) ?? choices[0]
      const range = `Number from 1 to ${choices.length}`
      const number = first === undefined ? undefined : String(choices.indexOf(first) + 1)
      const chosen = await until(withEnter(`${range}:`, number), leaving, (answer) => {
        const found = answer === '' ? first : choiceOf(choices, answer)
        if (found === undefined) say(`${range}, not “${answer}”.`)
        return found
      })
      say(`Chosen: ${chosen.short ?? chosen.name}`)
      return chosen.value
    },
    list: (question) => listByLine(question, talk, signal),
  }
}

/** Esc is seen by nobody before Enter is typed, too. */
const isBack = (line: string) => ['back', '<', '\u001b'].includes(line.trim().toLowerCase())

function choiceOf<Value extends string>(
  choices: readonly Choice<Value>[],
  answer: string,
): Choice<Value> | undefined {
  const wanted = answer.toLowerCase()
  const byName = choices.find(({ name, short }) =>
    [name, short].some((text) => text?.toLowerCase() === wanted),
  )
  return byName ?? (/^\d+$/.test(answer) ? choices[Number(answer) - 1] : undefined)
}

/** `Region, or Enter for eu-west-1:` */
function withEnter(question: string, preset: string | undefined): string {
  return preset === undefined ? question : `${question.replace(/:$/, '')}, or Enter for ${preset}:`
}
