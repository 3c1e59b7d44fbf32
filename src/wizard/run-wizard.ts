import { nameIn } from '../arn.js'
import { showBeforeAsking } from '../cli/beside-the-answer.js'
import type { CommandContext } from '../cli/command-context.js'
import type { FixValues } from '../cli/options/fix-values.js'
import type { WireValues } from '../cli/options/wire-values.js'
import { cancelled } from '../cli/prompts/prompter.js'
import { sendTestMessage, wantsTestMessage } from '../cli/test-message.js'
import { applied, wiredOutcome, wireQuestion } from '../cli/wire-apply.js'
import type { WireAim } from '../cli/wire-plan.js'
import { SqsTriggerError } from '../errors.js'
import type { WireResult } from '../operations/results.js'
import type { PlannedWiring } from '../operations/wire.js'
import type { Outcome } from '../report/outcome.js'
import type { WirePicture } from '../report/text/picture-lines.js'
import { retention } from '../report/text/retention.js'
import { settingsStep } from './ask-settings.js'
import { type CheckAnswers, checkStep, type Repairs } from './check-step.js'
import { sameWithoutQuestions } from './same-command.js'
import { offerToSave } from './save-offer.js'
import { runSteps, type StepFor } from './step-machine.js'
import { functionStep, type GivenNames, queueStep, type TargetAnswers } from './target-steps.js'
import { openWorkplace } from './workplace.js'

interface WireAnswers extends CheckAnswers {
  readonly agreed: true
}

type WizardValues = WireValues & Pick<FixValues, 'allowDrift'>

/**
 * Wires by asking: queue, function, settings, fixes, agreement; then creates, waits, and offers a test message. What
 * the command line says is not asked.
 * @throws SqsTriggerError INTERRUPTED where a person leaves; otherwise as `wire`.
 */
export async function runWizard(
  given: GivenNames,
  values: WizardValues,
  aimOf: (names: TargetAnswers) => WireAim,
  context: CommandContext,
): Promise<Outcome> {
  const workplace = openWorkplace(context)
  const repairs: Repairs = { told: [] }
  const settingsGiven = aimOf({ queue: '', function: '' }).request.settings
  try {
    const { plan } = await runSteps<WireAnswers>([
      queueStep(given, workplace, context),
      functionStep(given, workplace, context),
      settingsStep(settingsGiven, workplace, context),
      checkStep(
        ({ settings, ...names }) => {
          const aim = aimOf(names)
          return { ...aim, request: { ...aim.request, settings: settings.settings } }
        },
        values,
        repairs,
        context,
      ),
      agreementStep(given, repairs, context),
    ])
    workplace.leave()
    const made = repairs.told.filter(({ outcome }) => outcome === 'made')
    const wired = await applied(plan, { made }, values, context)
    const outcome = await offerToSave(await tested(plan, wired, values, context), context)
    return { ...outcome, ...(repairs.told.length === 0 ? {} : { repairs: repairs.told }) }
  } finally {
    workplace.leave()
  }
}

/** The summary, and whether to go ahead. */
function agreementStep(
  given: GivenNames,
  { told }: Repairs,
  context: CommandContext,
): StepFor<WireAnswers, 'agreed'> {
  return {
    key: 'agreed',
    restsOn: ['plan'],
    ask: async ({ queue = '', function: functionName = '', settings, plan }, first) => {
      if (plan === undefined) throw new TypeError('nothing was judged before the agreement')
      const chosen = settings?.how === 'given' ? {} : (settings?.settings ?? {})
      const names = { queue, function: functionName }
      const command = sameWithoutQuestions(names, given, chosen, told, context)
      const asking = plan.changes.length > 0
      await showBeforeAsking({ kind: 'summary', plan, picture: pictureOf(plan), command, asking }, context)
      if (!asking) return { value: true, asked: false }
      context.reporter.pause()
      const agreed = await context.prompter.confirm(wireQuestion(plan), true, { canGoBack: !first })
      if (!agreed) throw cancelled()
      return { value: true, asked: true }
    },
  }
}

/** Offers a test message; where it cannot be sent, the mapping stands all the same. */
async function tested(
  plan: PlannedWiring,
  wired: WireResult,
  values: WizardValues,
  context: CommandContext,
): Promise<Extract<Outcome, { kind: 'wired' }>> {
  const { mapping } = wired
  if (mapping.state !== 'Enabled') return wiredOutcome(plan, wired, null, values, context)
  const pair = `${nameIn(mapping.queueArn)} → ${nameIn(mapping.functionArn)}`
  context.reporter.note(`${pair} is Enabled.`)
  const wants = await wantsTestMessage(plan, values, context, 'Send a test message now?')
  if (!wants) return wiredOutcome(plan, wired, null, values, context)
  try {
    const session = await context.session()
    const proof = await sendTestMessage(mapping, plan.context, values, session, context)
    return await wiredOutcome(plan, wired, proof, values, context)
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || context.signal.aborted) throw error
    return { ...(await wiredOutcome(plan, wired, null, values, context)), error }
  }
}

function pictureOf(plan: PlannedWiring): WirePicture {
  const { target, facts } = plan
  const { queue } = facts
  // A mapping that is there already has settings of its own.
  const settings = plan.outcome === 'create' ? plan.settings : { ...plan.existing, ...plan.settings }
  const ends = { queue: nameIn(target.queueArn ?? ''), function: nameIn(target.functionArn ?? ''), settings }
  if (queue.state !== 'known') return { ...ends, deadLetters: null }
  const { redrive, retentionSeconds } = queue.value
  return {
    ...ends,
    deadLetters:
      redrive === null
        ? { kind: 'none', returnsFor: retention(retentionSeconds) }
        : { kind: 'queue', name: nameIn(redrive.deadLetterQueueArn), receives: redrive.maxReceiveCount },
  }
}
