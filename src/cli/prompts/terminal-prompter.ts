import { emitKeypressEvents, type Interface } from 'node:readline'
import { createPromptModule } from 'inquirer'
import { fill, openPage, pageOn } from '../../report/page.js'
import { openPalette, plainPalette } from '../../report/palette.js'
import type { Output, Streams } from '../../report/streams.js'
import { answerLines } from '../../wizard/list-lines.js'
import { aboutRow, type ListScreen, listPrompt } from '../../wizard/list-prompt.js'
import { WentBack } from '../../wizard/step-machine.js'
import { StoppedAtQuestion } from '../stopped.js'
import { openPromptFrame, type PromptFrame } from './prompt-frame.js'
import { promptTheme } from './prompt-theme.js'
import { type Choice, cancelled, type Leaving, type Prompter } from './prompter.js'

/** Questions by inquirer, on stderr because stdout is the answer. Off a terminal it would print cursor codes. */
export function terminalPrompter(streams: Streams, signal: AbortSignal, env: Environment): Prompter {
  const { stdin, stderr } = streams

  /** Puts one question, takes it away, and leaves its answer in one line. */
  async function put<Answer>(
    question: QuestionOf,
    { canGoBack = false }: Leaving,
    answered: (answer: Answer) => string,
  ): Promise<Answer> {
    const back = new AbortController()
    const onKey = (_: unknown, key?: { readonly name?: string }) => {
      if (key?.name === 'escape') back.abort()
    }
    const frame = openPromptFrame(stderr.stream, env)
    const onResize = () => {
      frame.clear()
      paintAgain(stdin, question.type)
    }
    hearEscape(stdin)
    if (canGoBack) stdin.on('keypress', onKey)
    stderr.stream.on('resize', onResize)
    // Of what the module holds, these three are functions; what plugins may add is of other kinds.
    const prompt = createPromptModule().prompts[question.type] as unknown as Prompt
    try {
      const answer = await prompt(shownNow(question, stderr, promptTheme(stderr, canGoBack)), {
        input: stdin,
        output: frame.output,
        clearPromptOnDone: true,
        signal: AbortSignal.any([signal, back.signal]),
      })
      // Each question below is put with the type of its own answer.
      const typed = answer as Answer
      await tell(stderr, question.message, answered(typed), { declined: typed === false })
      return typed
    } catch (error) {
      if (back.signal.aborted && !signal.aborted) throw new WentBack()
      throw ended(error, question.message)
    } finally {
      stdin.off('keypress', onKey)
      stderr.stream.off('resize', onResize)
    }
  }

  /** The question that was left stays on the screen, so that one sees where. */
  function ended(error: unknown, message: string): unknown {
    if (!signal.aborted && !isLeaving(error)) return error
    stderr.write(`? ${message}\n`)
    return signal.aborted ? new StoppedAtQuestion(signal.reason) : cancelled()
  }

  return {
    interactive: true,
    confirm: (message, preset, leaving = {}) =>
      put<boolean>({ type: 'confirm', message, default: preset }, leaving, (yes) => (yes ? 'Yes' : 'No')),
    ask: (message, judge, { preset, ...leaving } = {}) =>
      put<string>(
        {
          type: 'input',
          message,
          validate: (answer) => judge(String(answer)) ?? true,
          ...(preset === undefined ? {} : { default: preset }),
        },
        leaving,
        (answer) => answer,
      ),
    pick: async (message, choices, { preset, ...leaving } = {}) => {
      const chosen = (answer: string) => choices.find(({ value }) => value === answer) ?? choices[0]
      const named = choices.map(({ value, name }) => ({ value, name }))
      const question = { type: 'select', message, choices: named } as const
      const asked = preset === undefined ? question : { ...question, default: preset }
      const answer = chosen(await put<string>(asked, leaving, (value) => shortOf(chosen(value))))
      if (answer === undefined) throw new TypeError('a question without answers was put')
      return answer.value
    },
    list: async (question) => {
      hearEscape(stdin)
      const frame = openPromptFrame(stderr.stream, env)
      const options = { input: stdin, output: frame.output, signal, clearPromptOnDone: true }
      const screen = await screenOn(stderr, frame)
      const answer = await listPrompt({ ...question, screen }, options).catch((error: unknown) => {
        throw ended(error, question.label)
      })
      if (answer.kind === 'back') throw new WentBack()
      const { label, source } = question
      if (answer.kind === 'row')
        await tell(stderr, label, answer.row.name, { cells: aboutRow(source, answer.row) })
      if (answer.kind === 'typed') await tell(stderr, label, answer.text)
      return answer
    },
  }
}

const shortOf = (choice: Choice | undefined) => choice?.short ?? choice?.name ?? ''

type Environment = Readonly<Record<string, string | undefined>>

type QuestionOf =
  | { readonly type: 'confirm'; readonly message: string; readonly default: boolean }
  | {
      readonly type: 'input'
      readonly message: string
      readonly default?: string
      readonly validate: (answer: string) => true | string
    }
  | {
      readonly type: 'select'
      readonly message: string
      readonly default?: string
      readonly choices: readonly { readonly value: string; readonly name: string }[]
    }

type Prompt = (config: object, context: object) => Promise<unknown>

/** The question as it fits the window: inquirer looks at it each time that it paints, and breaks long lines within words. */
function shownNow(question: QuestionOf, output: Output, theme: object): object {
  const config = { ...question, theme }
  Object.defineProperty(config, 'message', { get: () => beyondMark(output, question.message) })
  if (question.type !== 'select') return config
  const filled = () =>
    question.choices.map(({ value, name }) => ({ value, name: beyondMark(output, name), short: name }))
  let last = { columns: output.columns, choices: filled() }
  Object.defineProperty(config, 'choices', {
    get: () => {
      if (last.columns !== output.columns) last = { columns: output.columns, choices: filled() }
      return last.choices
    },
  })
  return config
}

/** inquirer paints after a key alone: these two together change nothing. */
function paintAgain(stdin: Streams['stdin'], type: QuestionOf['type']) {
  const keys =
    type === 'select'
      ? ([
          [undefined, 'up'],
          [undefined, 'down'],
        ] as const)
      : ([
          [' ', 'space'],
          [undefined, 'backspace'],
        ] as const)
  for (const [text, name] of keys) stdin.emit('keypress', text, { name, sequence: text ?? '' })
}

/** Filled behind `? ` or the cursor of a choice. */
function beyondMark({ columns, unicode }: Output, text: string): string {
  return fill(openPage(columns, unicode, plainPalette), text, 2)
    .join('\n')
    .trimStart()
}

/** An answer in the place of its question. */
async function tell(
  output: Output,
  label: string,
  answer: string,
  { cells = [], declined = false }: { readonly cells?: readonly string[]; readonly declined?: boolean } = {},
) {
  const page = pageOn(output, await openPalette(output.colour))
  for (const line of answerLines(page, label, answer, cells, declined)) output.write(`${line.trimEnd()}\n`)
}

async function screenOn(output: Output, frame: PromptFrame): Promise<ListScreen> {
  const palette = await openPalette(output.colour)
  const { stream } = output
  return {
    // Rows of a table may be as wide as the window. One column stays free: some terminals wrap a line that fills the last.
    page: () => openPage(Math.max(output.columns, stream.columns ?? 0) - 1, output.unicode, palette),
    lines: () => stream.rows ?? 24,
    onResize: (listener) => {
      const resized = () => {
        frame.clear()
        listener()
      }
      stream.on('resize', resized)
      return () => stream.off('resize', resized)
    },
  }
}

/**
 * Esc begins every arrow key, too; Node waits half a second for the rest of one, which feels broken. The first to
 * listen on a stream decides how long.
 */
function hearEscape(stdin: Streams['stdin']) {
  // All that is looked at of an interface here.
  emitKeypressEvents(stdin, { escapeCodeTimeout: 50 } as unknown as Interface)
}

/** Ctrl-C and Ctrl-D both. Compared by name: more than one copy of the class may be about. */
const isLeaving = (error: unknown) =>
  error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)
