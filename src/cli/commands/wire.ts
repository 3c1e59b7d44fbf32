import { SqsTriggerError } from '../../errors.js'
import type { WirePlan } from '../../operations/results.js'
import type { Session } from '../../operations/session.js'
import type { PlannedWiring } from '../../operations/wire.js'
import type { Outcome } from '../../report/outcome.js'
import { nameIn } from '../../report/text/sentences.js'
import { apiCallsOf } from '../api-calls.js'
import { checksFailed } from '../checks-failed.js'
import type { CommandContext } from '../command-context.js'
import { confirm } from '../confirm.js'
import { defineCommand } from '../define-command.js'
import { fixOffer } from '../fix-offer.js'
import { checkFixValues } from '../fix-values.js'
import { judgedAgain, type Mended, mend, mendedParts } from '../mend.js'
import { choice, flag, negatable, text } from '../options.js'
import { preflightOptions, preflightRequest, targetPositionals } from '../preflight-options.js'
import { proofError, proveOption } from '../proof-bar.js'
import { checkRuleNames } from '../rule-names.js'
import { target } from '../target.js'
import { checkTestMessage, nextSteps, sendTestMessage, wantsTestMessage } from '../test-message.js'
import { checkWireValues, type WireValues } from '../wire-values.js'

const options = {
  ...preflightOptions,
  failOn: choice(['error', 'warning'], {
    summary: 'findings that stop it (default error)',
    group: 'Checks',
  }),
  body: text({ summary: 'body of the test message', group: 'Message', free: true }),
  prove: proveOption('evidence that the delivery of the test message needs (default medium)'),
  acceptRetries: flag({
    summary: 'send it although the queue has no dead-letter queue',
    group: 'Message',
  }),
  wait: negatable({ summary: 'return as soon as AWS took the request', group: 'Behaviour', on: true }),
} as const

export default defineCommand({
  name: 'wire',
  positionals: targetPositionals,
  summary: 'Connect a queue to a function: check, create, wait, prove',
  description:
    'Runs the preflight, creates the event source mapping, waits until it is Enabled and, with --send-test, sends a message and says what became of it. Run again with the same settings it changes nothing. It asks before it changes anything; scripts say --yes. Without names on a terminal it asks for them.',
  options,
  obeys: {
    timeout:
      'limit of the wait until it is enabled (default 2m), and of the proof (default: as long as a delivery may take)',
    yes: true,
    input: true,
    dryRun: true,
  },
  examples: [
    { command: 'sqs-trigger wire', does: 'answer a few questions' },
    { command: 'sqs-trigger wire orders order-worker', does: 'check, create, wait until enabled' },
    {
      command: 'sqs-trigger wire orders order-worker --fix',
      does: 'mend first what can be mended, such as a missing permission of the role',
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
    const { globals } = context
    checkFixValues(values, globals, true)
    const names = await target(positionals, 'wire', globals.yes || globals.dryRun, context)
    const asked = preflightRequest(values, names)
    const request = values.body === undefined ? asked : { ...asked, testBody: values.body }
    await checkRuleNames(request, context)
    const { planFound, planWiring } = await import('../../operations/wire.js')
    const session = await context.session()
    const level = { failOn: values.failOn ?? 'error' }
    const first = await context.run(planWiring(request, session, level))
    // A mapping that differs needs another command, whatever can be mended.
    const mends = values.fix && first.outcome !== 'differs' && first.outcome !== 'disabled'
    const mended = mends
      ? await mend(first, { ...values, required: blockingOf(first) }, session, context)
      : undefined
    if (mended === undefined || mended.made.length === 0) {
      return finish(first, mended, values, session, context)
    }
    const { waitForRepair } = await import('../../operations/repair-wait.js')
    const about = { request, rules: mendedParts(mended.made).rules }
    const { result, pending } = await context.run(waitForRepair(about, session))
    const plan = await context.run(planFound(result, request, session, level))
    return finish(plan, judgedAgain(mended, pending), values, session, context)
  },
})

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
  if (!obstacle) checkTestMessage(plan, values, context)
  // What was shown and asked about the repairs ends here.
  if (mended !== undefined && mended.repairs.length > 0) context.reporter.note('')
  context.reporter.plan({ kind: 'wire', plan })
  if (obstacle && mended === undefined) throw obstacle
  if (obstacle) return { kind: 'wire-blocked', plan, repairs: mended?.repairs ?? [], error: obstacle }
  const sendTest = await wantsTestMessage(plan, values, context)
  if (plan.changes.length > 0) await confirm(questionOf(plan), context)
  return { ...(await apply(plan, sendTest, mended, values, session, context)), ...repairs }
}

async function apply(
  plan: WirePlan,
  sendTest: boolean,
  mended: Mended | undefined,
  values: WireValues,
  session: Session,
  context: CommandContext,
): Promise<Extract<Outcome, { kind: 'wired' }>> {
  const { timeout } = context.globals
  const { types } = mendedParts(mended?.made ?? [])
  const wait = {
    wait: values.wait !== false,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(types.length === 0 ? {} : { afterOwnWrite: types }),
  }
  const { applyWiring } = await import('../../operations/wire.js')
  const wired = await context.run(applyWiring(plan, wait, session))
  const proof = sendTest ? await sendTestMessage(wired.mapping, plan.context, values, session, context) : null
  const { links, next } = await nextSteps(plan, wired.mapping, proof, context.connection)
  const error = proofError(proof, values.prove ?? 'medium', next[0]?.command ?? '')
  return { kind: 'wired', plan, result: { ...wired, proof }, links, next, ...(error ? { error } : {}) }
}

/** Names what and where by itself: with --quiet or --json nothing else stands above it. */
function questionOf({ target: { queueArn, functionArn }, context: { account, region } }: WirePlan): string {
  return `Connect ${nameIn(queueArn ?? '')} to ${nameIn(functionArn ?? '')} in account ${account}, ${region}?`
}

/** Why the plan cannot be applied; undefined when it can. */
async function obstacleOf(
  plan: WirePlan,
  mended: Mended | undefined,
  session: Session,
  context: Pick<CommandContext, 'host' | 'globals' | 'prompter'>,
): Promise<SqsTriggerError | undefined> {
  if (plan.outcome === 'blocked') {
    return checksFailed(plan.blocking, plan.findings, {
      made: mended?.made.length ?? 0,
      allOrNothing: true,
      ...fixOffer(mended, context),
    })
  }
  const { requireApplicable } = await import('../../operations/wiring-conflict.js')
  try {
    requireApplicable(plan, session)
    return undefined
  } catch (error) {
    if (error instanceof SqsTriggerError) return error
    throw error
  }
}
