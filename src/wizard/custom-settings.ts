import type { Prompter } from '../cli/prompts/prompter.js'
import { parsePattern } from '../filter/pattern.js'
import { type Limit, limits } from '../limits.js'
import type { MappingSettings } from '../mapping.js'
import { runSteps, type Step } from './step-machine.js'

interface CustomAnswers {
  readonly batchSize: number
  readonly batchWindowSeconds: number
  /** null: no limit. */
  readonly maxConcurrency: number | null
  readonly partial: boolean
  /** '': none. */
  readonly filter: string
}

/**
 * Asks for the settings one by one, each within the limits that the flags have, and within those of a FIFO queue.
 * Where AWS's default was left, nothing is set. `keep` is told after each answer what all are by then, those of `before`
 * among them: the presets for who leaves and comes again.
 * @throws WentBack when the first is left with Esc.
 */
export async function customSettings(
  fifo: boolean,
  before: MappingSettings,
  prompter: Prompter,
  keep: (settings: MappingSettings) => void = () => {},
): Promise<MappingSettings> {
  const known = answersOf(before)
  const answers = await runSteps<CustomAnswers>(steps(fifo, before, prompter), (some) =>
    keep(settingsOf({ ...known, ...some })),
  )
  return settingsOf(answers)
}

const answersOf = (settings: MappingSettings): CustomAnswers => ({
  batchSize: settings.batchSize ?? limits.batchSizeDefault.value,
  batchWindowSeconds: settings.batchWindowSeconds ?? 0,
  maxConcurrency: settings.maxConcurrency ?? null,
  partial: settings.reportBatchItemFailures ?? false,
  filter: settings.filters?.[0] ?? '',
})

const settingsOf = (answers: CustomAnswers): MappingSettings => ({
  ...(answers.batchSize === limits.batchSizeDefault.value ? {} : { batchSize: answers.batchSize }),
  ...(answers.batchWindowSeconds === 0 ? {} : { batchWindowSeconds: answers.batchWindowSeconds }),
  ...(answers.maxConcurrency === null ? {} : { maxConcurrency: answers.maxConcurrency }),
  ...(answers.partial ? { reportBatchItemFailures: true } : {}),
  ...(answers.filter === '' ? {} : { filters: [answers.filter] }),
})

function steps(fifo: boolean, before: MappingSettings, prompter: Prompter): readonly Step<CustomAnswers>[] {
  const most = fifo ? limits.fifoBatchSizeMaximum : limits.batchSizeMaximum
  const alone = limits.batchSizeWithoutWindow.value
  /** One that AWS asks for with so large a batch. */
  const leastWindow = (batchSize: number) => (batchSize > alone ? 1 : limits.batchWindowMinimum.value)
  const number = async (message: string, preset: number, judge: (text: string) => string | undefined) =>
    Number(await prompter.ask(message, judge, { canGoBack: true, preset: String(preset) }))
  return [
    {
      key: 'batchSize',
      restsOn: [],
      ask: async ({ batchSize = before.batchSize ?? limits.batchSizeDefault.value }) => {
        const judge = within(limits.batchSizeMinimum, most, fifo ? ' for a FIFO queue' : '')
        return {
          value: await number('Most messages in one invocation (--batch-size):', batchSize, judge),
          asked: true,
        }
      },
    },
    {
      key: 'batchWindowSeconds',
      restsOn: ['batchSize'],
      ask: async ({ batchSize = 0, batchWindowSeconds = before.batchWindowSeconds }) => {
        // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
        if (fifo) return { value: 0, asked: false }
        const least = leastWindow(batchSize)
        const judge = within(
          { ...limits.batchWindowMinimum, value: least },
          limits.batchWindowMaximum,
          least > 0 ? `; more than ${alone} messages need a window` : '',
        )
        const preset = Math.max(least, batchWindowSeconds ?? least)
        return {
          value: await number('Seconds to wait for a batch to fill (--batch-window):', preset, judge),
          asked: true,
        }
      },
    },
    {
      key: 'maxConcurrency',
      restsOn: [],
      ask: async ({ maxConcurrency = before.maxConcurrency ?? null }) => {
        const range = within(limits.maximumConcurrencyMinimum, limits.maximumConcurrencyMaximum, ', or none')
        const text = await prompter.ask(
          'Most invocations at the same time, none for no limit (--max-concurrency):',
          (answer) => (isNone(answer) ? undefined : range(answer)),
          { canGoBack: true, preset: maxConcurrency === null ? 'none' : String(maxConcurrency) },
        )
        return { value: isNone(text) ? null : Number(text), asked: true }
      },
    },
    {
      key: 'partial',
      restsOn: [],
      ask: async ({ partial = before.reportBatchItemFailures ?? false }) => {
        const question = 'Does the handler return batchItemFailures (--report-batch-item-failures)?'
        return { value: await prompter.confirm(question, partial, { canGoBack: true }), asked: true }
      },
    },
    {
      key: 'filter',
      restsOn: [],
      ask: async ({ filter = before.filters?.[0] ?? '' }) => {
        const text = await prompter.ask(
          'Keep only messages that match this pattern, or none (--filter):',
          (answer) => (isNone(answer) ? undefined : wrongPattern(answer)),
          { canGoBack: true, preset: filter === '' ? 'none' : filter },
        )
        return { value: isNone(text) ? '' : text.trim(), asked: true }
      },
    },
  ]
}

const isNone = (text: string) => /^(none|no)?$/i.test(text.trim())

/** Judges a whole number from one limit to another. */
function within(least: Limit, most: Limit, more: string): (text: string) => string | undefined {
  return (text) => {
    const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN
    if (number >= least.value && number <= most.value) return undefined
    return `A whole number from ${least.value} to ${most.value.toLocaleString('en')}${more}.`
  }
}

function wrongPattern(text: string): string | undefined {
  const most = limits.filterPatternMaximum.value
  if (text.length > most) return `AWS takes no pattern of more than ${most.toLocaleString('en')} characters.`
  const pattern = parsePattern(text)
  return 'problem' in pattern
    ? `${pattern.problem.replace(/\.?$/, '.')} A pattern looks like {"body":{"type":["order"]}}.`
    : undefined
}
