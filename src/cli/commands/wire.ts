import type { Session } from '../../operations/session.js'
import type { PlannedWiring } from '../../operations/wire.js'
import type { Outcome } from '../../report/outcome.js'
import { apiCallsOf } from '../api-calls.js'
import type { CommandContext } from '../command-context.js'
import { deadLetterNameFor, deadLetterOption, wantsDeadLetterQueue } from '../dead-letter-queue.js'
import { defineCommand } from '../define-command.js'
import { projectOptions } from '../files/project-file.js'
import { withProjectIgnores } from '../files/project-ignores.js'
import { type Mended, type Mending, mend } from '../mend.js'
import { checkFixValues } from '../options/fix-values.js'
import { choice, flag, text, type Values, waiting } from '../options/options.js'
import {
  preflightOptions,
  preflightRequest,
  targetOptions,
  targetPositionals,
} from '../options/preflight-options.js'
import { checkRuleNames } from '../options/rule-names.js'
import { checkWireValues, type WireValues } from '../options/wire-values.js'
import { confirm } from '../prompts/confirm.js'
import { proveOption } from '../proof-bar.js'
import { target } from '../target.js'
import { checkTestMessage, sendTestMessage, wantsTestMessage } from '../test-message.js'
import { applied, wiredOutcome, wireQuestion } from '../wire-apply.js'
import { canBeMended, obstacleOf, planned, plannedAgain, type WireAim } from '../wire-plan.js'

const options = {
  ...preflightOptions,
  ...targetOptions,
  ...projectOptions,
  failOn: choice(['error', 'warning'], {
    summary: 'findings that stop it (default error)',
    group: 'Checks',
  }),
  deadLetterQueue: deadLetterOption,
  body: text({ summary: 'body of the test message', group: 'Message', free: true }),
  prove: proveOption('evidence that the delivery of the test message needs (default medium)'),
  acceptRetries: flag({
    summary: 'send it although the queue has no dead-letter queue',
    group: 'Message',
  }),
  wait: waiting('AWS'),
} as const

export default defineCommand({
  name: 'wire',
  positionals: targetPositionals,
  summary: 'Connect a queue to a function: check, create, wait, prove',
  description:
    'Runs the preflight, creates the event source mapping, waits until it is Enabled and, with --send-test, sends a message and says what became of it. Run again with the same settings it changes nothing. It asks before it changes anything; scripts say --yes. Without names on a terminal it asks for everything, and shows the same command without questions.',
  options,
  project: true,
  obeys: {
    timeout:
      'limit of the wait until it is enabled (default 2m), and of the proof (default: as long as a delivery may take)',
    yes: true,
    input: true,
    dryRun: true,
  },
  needs: { body: 'sendTest', prove: 'sendTest', acceptRetries: 'sendTest', allowDrift: 'fix' },
  examples: [
    { command: 'sqs-trigger wire', does: 'answer a few questions' },
    { command: 'sqs-trigger wire orders order-worker', does: 'check, create, wait until enabled' },
    {
      command: 'sqs-trigger wire orders order-worker --fix',
      does: 'mend first what can be mended, such as a missing permission of the role',
    },
    {
      command: 'sqs-trigger wire orders order-worker --dead-letter-queue',
      does: 'and make a queue for messages that the function rejects',
    },
    { command: 'sqs-trigger wire orders order-worker --dry-run', does: 'show the checks and the API calls' },
    {
      command: 'sqs-trigger wire orders order-worker:live --batch-size 100 --batch-window 5 --yes',
      does: 'for scripts, with settings',
    },
    { command: 'sqs-trigger wire orders order-worker --send-test --yes', does: 'and prove that it works' },
  ],
  exitCodes: [
    'CHECKS_FAILED',
    'NOT_SIGNED_IN',
    'NOT_FOUND',
    'ACCESS_DENIED',
    'CONFLICT',
    'NOT_FINISHED',
    'NOT_DELIVERED',
  ],
  run: async ({ values, positionals }, context) => {
    checkWireValues(values)
    const { globals, prompter } = context
    checkFixValues(values, globals, true)
    const agreed = globals.yes || globals.dryRun
    const incomplete = positionals.queue === undefined || positionals.function === undefined
    if (incomplete && prompter.interactive && !agreed) {
      await checkRuleNames(aimOf(values, { queue: '', function: '' }).request, context)
      const { runWizard } = await import('../../wizard/run-wizard.js')
      return runWizard(positionals, values, (names) => aimOf(values, names), context)
    }
    const typed = aimOf(values, await target(positionals, 'wire', agreed, context))
    await checkRuleNames(typed.request, context)
    const aim = { ...typed, request: await withProjectIgnores(typed.request, context) }
    const first = await planned(aim, context)
    const session = await context.session()
    const mending = mendingOf(values, first)
    const mended = mending && canBeMended(first) ? await mend(first, mending, session, context) : undefined
    if (mended === undefined || mended.made.length === 0) {
      return finish(first, mended, values, session, context)
    }
    const again = await plannedAgain(aim, mended, context)
    return finish(again.plan, again.mended, values, session, context)
  },
})

type Typed = Values<typeof options>

function aimOf(values: Typed, names: { readonly queue: string; readonly function: string }): WireAim {
  const { body, deadLetterQueue } = values
  const request = {
    ...preflightRequest(values, names),
    ...(body === undefined ? {} : { testBody: body }),
    ...(deadLetterQueue ? { deadLetterName: deadLetterNameFor(deadLetterQueue, names.queue) } : {}),
  }
  return { request, failOn: values.failOn ?? 'error' }
}

/** All that can be mended, the dead-letter queue alone, or nothing. */
function mendingOf({ fix, allowDrift, deadLetterQueue }: Typed, plan: PlannedWiring): Mending | undefined {
  const usesPresent = deadLetterQueue !== undefined && deadLetterQueue !== ''
  if (!fix && plan.outcome === 'blocked') return undefined
  const wanted = deadLetterQueue !== undefined && wantsDeadLetterQueue(plan, deadLetterQueue)
  if (fix) return { allowDrift, usesPresent, required: blockingOf(plan) }
  return wanted ? { allowDrift, usesPresent, alone: 'no-dead-letter-queue' } : undefined
}

const blockingOf = (plan: PlannedWiring) => (plan.outcome === 'blocked' ? plan.blocking : [])

/** From the plan that is to be applied to the end: shown, asked about, applied. */
async function finish(
  plan: PlannedWiring,
  mended: Mended | undefined,
  values: WireValues,
  session: Session,
  context: CommandContext,
): Promise<Outcome> {
  const repairs = mended === undefined ? {} : { repairs: mended.repairs }
  const obstacle = await obstacleOf(plan, mended, session, context)
  if (context.globals.dryRun) {
    const calls = await apiCallsOf(plan.changes, session.clients)
    return { kind: 'wire-plan', plan, calls, ...repairs, ...(obstacle ? { error: obstacle } : {}) }
  }
  if (!obstacle) checkTestMessage(plan, values, context, mended?.repairs)
  // What was shown and asked about the repairs ends here.
  if (mended !== undefined && mended.repairs.length > 0) context.reporter.note('')
  context.reporter.plan({ kind: 'wire', plan })
  if (obstacle && mended === undefined) throw obstacle
  if (obstacle) return { kind: 'wire-blocked', plan, repairs: mended?.repairs ?? [], error: obstacle }
  const sendTest = await wantsTestMessage(plan, values, context)
  if (plan.changes.length > 0) await confirm(wireQuestion(plan), context)
  const wired = await applied(plan, mended ?? {}, values, context)
  const proof = sendTest ? await sendTestMessage(wired.mapping, plan.context, values, session, context) : null
  return { ...(await wiredOutcome(plan, wired, proof, values, context)), ...repairs }
}
