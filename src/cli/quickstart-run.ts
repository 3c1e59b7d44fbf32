import { nameIn } from '../arn.js'
import { nextCommand, quickstartName, stackWords } from '../command-line.js'
import { reworded, SqsTriggerError } from '../errors.js'
import { applyQuickstartRemoval, planQuickstartRemoval } from '../operations/quickstart/removal.js'
import type { QuickstartPlan, QuickstartRequest, QuickstartResult } from '../operations/quickstart/results.js'
import { applyQuickstart, planQuickstart } from '../operations/quickstart.js'
import type { Outcome, Suggestion } from '../report/outcome.js'
import { resultOf } from '../report/result.js'
import * as words from '../report/text/quickstart-lines.js'
import { apiCallsOf } from './api-calls.js'
import { showBeforeAsking } from './beside-the-answer.js'
import type { CommandContext } from './command-context.js'
import { confirm } from './prompts/confirm.js'
import { proofError } from './proof-bar.js'

interface Choices {
  readonly phoneNumber: string | undefined
  readonly sendTest: boolean
}

/** Shows what will be made, asks, makes it, and tells what the test messages showed. */
export async function makeQuickstart(
  request: QuickstartRequest,
  { phoneNumber, sendTest }: Choices,
  context: CommandContext,
): Promise<Outcome> {
  const { globals } = context
  const session = await context.session()
  const plan = await context.run(planQuickstart(request, session)).catch(withRights(context, request))
  const { name, outcome, options, stack, changes, resources, obstacle } = plan
  if (globals.dryRun) {
    const calls = await apiCallsOf(changes, session.clients)
    return {
      kind: 'said',
      lines: (page) => words.quickstartPlanLines(page, plan, calls, sendTest),
      result: { outcome, stack: stackOf(plan), options, resources, changes, calls },
      ...(obstacle === null ? {} : { error: obstacle }),
    }
  }
  if (obstacle !== null) throw obstacle
  if (outcome !== 'unchanged') {
    const lines = (page: Parameters<typeof words.quickstartIntent>[0]) =>
      words.quickstartIntent(page, plan, { verb: 'Will', sendTest })
    await showBeforeAsking({ kind: 'told', lines, asking: !globals.yes }, context)
    const { account, region } = plan.context
    const what = stack === null ? `Make stack ${name}` : `Wait for stack ${name}`
    const test = sendTest ? `, and send ${words.testMessages(plan)}` : ''
    await confirm(`${what} in account ${account}, ${region}${test}?`, context)
  }
  const { timeout } = globals
  const apply = {
    sendTest,
    ...(phoneNumber === undefined ? {} : { phoneNumber }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  }
  const result = await context.run(applyQuickstart(plan, apply, session)).catch(withRights(context, request))
  const error = result.sent
    .map(({ proof }) => proofError(proof, 'medium', result.queueArn, context.connection))
    .find((one) => one !== undefined)
  return {
    kind: 'said',
    lines: (page) => words.quickstartedLines(page, plan, result),
    result: {
      ...result,
      stack: { name, ...result.stack },
      options,
      sent: result.sent.map((sent) => resultOf({ kind: 'sent', sent })),
    },
    next: nextOf(plan, result, context),
    ...(error === undefined ? {} : { error }),
  }
}

/** Whom AWS refuses a call is told what all of it takes. */
const withRights =
  ({ connection }: CommandContext, { name }: QuickstartRequest) =>
  (error: unknown): never => {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED' || !error.aws) throw error
    const { hint } = error
    const words = ['--print', 'policy', ...stackWords(name ?? quickstartName)]
    const rights = ['All that quickstart takes:', nextCommand(connection, 'quickstart', ...words)]
    throw reworded(error, { hint: [...(hint === undefined ? [] : [hint]), ...rights].join('\n') }, error)
  }

const stackOf = ({ name, stack }: QuickstartPlan) => (stack === null ? null : { name, ...stack })

function nextOf(
  { name }: QuickstartPlan,
  { mappingId, queueArn }: QuickstartResult,
  { connection }: CommandContext,
): readonly Suggestion[] {
  const queue = nameIn(queueArn)
  return [
    { command: nextCommand(connection, 'send', queue, '--prove'), does: 'send a message of your own' },
    { command: nextCommand(connection, 'logs', mappingId), does: 'what the function wrote' },
    {
      command: nextCommand(connection, 'quickstart', '--delete', ...stackWords(name)),
      does: 'take all of it away',
    },
  ]
}

/** Shows what goes, asks, and deletes it. */
export async function removeQuickstart(
  request: QuickstartRequest,
  context: CommandContext,
): Promise<Outcome> {
  const { globals } = context
  const session = await context.session()
  const plan = await context.run(planQuickstartRemoval(request, session)).catch(withRights(context, request))
  const { name, stack, outcome, resources, changes, obstacle } = plan
  const about = { stack: stack === null ? null : { name, ...stack }, resources }
  if (globals.dryRun) {
    const calls = await apiCallsOf(changes, session.clients)
    return {
      kind: 'said',
      lines: (page) => words.removalPlanLines(page, plan, calls),
      result: { outcome, ...about, changes, calls },
      ...(obstacle === null ? {} : { error: obstacle }),
    }
  }
  if (obstacle !== null) throw obstacle
  if (outcome === 'delete') {
    const lines = (page: Parameters<typeof words.removalIntent>[0]) => words.removalIntent(page, plan, 'Will')
    await showBeforeAsking({ kind: 'told', lines, asking: !globals.yes }, context)
    const { account, region } = plan.context
    // Enter alone deletes nothing.
    await confirm(`Delete stack ${name} in account ${account}, ${region}?`, context, false)
  }
  const limits = globals.timeout === undefined ? {} : { timeoutMs: globals.timeout }
  const result = await context
    .run(applyQuickstartRemoval(plan, limits, session))
    .catch(withRights(context, request))
  return {
    kind: 'said',
    lines: (page) => words.removedLines(page, plan, result),
    result: { ...about, ...result },
    next: [],
  }
}
