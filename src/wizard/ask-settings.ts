import { readFunction } from '../aws/lambda-function.js'
import { resolveFunction } from '../aws/resolve-target.js'
import type { CommandContext } from '../cli/command-context.js'
import type { MappingSettings } from '../mapping.js'
import { customSettings } from './custom-settings.js'
import { recommendation } from './recommended.js'
import { type StepFor, WentBack } from './step-machine.js'
import { ifReadable, queueIfReadable, type TargetAnswers } from './target-steps.js'
import type { Workplace } from './workplace.js'

/** How the settings were chosen, and what they are. */
interface ChosenSettings {
  readonly how: 'given' | 'recommended' | 'partial' | 'custom'
  readonly settings: MappingSettings
}

export interface SettingsAnswers extends TargetAnswers {
  readonly settings: ChosenSettings
}

/** What was chosen last for a queue, also where the question was left since. */
interface Draft {
  readonly queue: string
  readonly how: ChosenSettings['how'] | undefined
  /** Those of one by one. */
  readonly custom: MappingSettings
}

/**
 * The settings of the mapping: recommended, with the reason, or one by one. A FIFO queue allows less than another, so
 * the answer goes with the queue.
 */
export function settingsStep(
  given: MappingSettings,
  workplace: Workplace,
  context: CommandContext,
): StepFor<SettingsAnswers, 'settings'> {
  let draft: Draft = { queue: '', how: undefined, custom: {} }
  return {
    key: 'settings',
    restsOn: ['queue'],
    ask: async ({ queue = '', function: functionName = '' }, first) => {
      if (Object.keys(given).length > 0) return { value: { how: 'given', settings: given }, asked: false }
      context.reporter.on({
        type: 'step-started',
        what: `Reading queue ${queue} and function ${functionName}`,
      })
      const facts = await readBoth(queue, functionName, workplace)
      context.reporter.pause()
      for (const line of recommendation(facts.queue, facts.lambdaFunction)) context.reporter.note(line)
      if (draft.queue !== queue) draft = { queue, how: undefined, custom: {} }
      for (;;) {
        const how = await pickHow(draft.how, !first, context)
        draft = { ...draft, how }
        const value = await settled(how, queue.endsWith('.fifo') || facts.queue?.fifo === true)
        if (value !== undefined) return { value, asked: true }
      }

      /** undefined: the first question was left, back to how. */
      async function settled(how: ChosenSettings['how'], fifo: boolean): Promise<ChosenSettings | undefined> {
        if (how !== 'custom') {
          return { how, settings: how === 'partial' ? { reportBatchItemFailures: true } : {} }
        }
        try {
          const keep = (custom: MappingSettings) => {
            draft = { ...draft, custom }
          }
          return { how, settings: await customSettings(fifo, draft.custom, context.prompter, keep) }
        } catch (error) {
          if (error instanceof WentBack) return undefined
          throw error
        }
      }
    },
  }
}

function pickHow(
  before: ChosenSettings['how'] | undefined,
  canGoBack: boolean,
  { prompter }: CommandContext,
): Promise<ChosenSettings['how']> {
  return prompter.pick<ChosenSettings['how']>(
    'Settings',
    [
      { value: 'recommended', name: 'Recommended', short: 'recommended' },
      {
        value: 'partial',
        name: 'Recommended, and the handler returns partial batch responses',
        short: 'recommended, with partial batch responses',
      },
      { value: 'custom', name: 'One by one', short: 'one by one' },
    ],
    { canGoBack, preset: before === 'given' ? undefined : before },
  )
}

async function readBoth(queue: string, functionName: string, workplace: Workplace) {
  const place = await workplace.enter()
  const { clients } = place.session
  const [known, lambdaFunction] = await Promise.all([
    queueIfReadable(queue, place),
    place.lists.functionDetails.of(functionName) ??
      ifReadable(readFunction(clients, resolveFunction(clients, functionName, place.caller))),
  ])
  return { queue: known, lambdaFunction }
}
