import { nameIn } from '../../arn.js'
import { nextCommand } from '../../command-line.js'
import type { RedriveRequest } from '../../operations/requests.js'
import { apiCallsOf } from '../api-calls.js'
import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { requireAnswers } from '../missing-answers.js'
import { flag, integer, type Values, waiting } from '../options/options.js'
import { confirm } from '../prompts/confirm.js'
import { usageError } from '../usage-error.js'

const options = {
  maxPerSecond: integer({
    summary: 'messages in a second (default: SQS decides)',
    group: 'Behaviour',
    min: 1,
    max: 500,
  }),
  peek: integer({
    summary: 'only look at so many messages; SQS counts each look as a receive',
    group: 'Behaviour',
    min: 1,
    max: 10,
  }),
  cancel: flag({ summary: 'stop a move that runs; what was moved stays moved', group: 'Behaviour' }),
  force: flag({ summary: 'move them although they would only come back', group: 'Behaviour' }),
  wait: waiting('SQS'),
} as const

/** @throws SqsTriggerError USAGE for what contradicts itself. */
function check({ peek, cancel, force, maxPerSecond, wait }: Values<typeof options>): void {
  const moving = [
    ...(maxPerSecond === undefined ? [] : ['--max-per-second']),
    ...(force ? ['--force'] : []),
    ...(wait === false ? ['--no-wait'] : []),
  ]
  if (cancel && peek !== undefined) throw usageError('--cancel and --peek contradict each other')
  const other = cancel ? '--cancel' : peek === undefined ? undefined : '--peek'
  if (other === '--cancel' && moving[0] === '--no-wait') return
  if (other !== undefined && moving[0] !== undefined) {
    throw usageError(`${other} and ${moving[0]} contradict each other: nothing is moved then`)
  }
}

export default defineCommand({
  name: 'redrive',
  positionals: mappingPositionals,
  summary: 'Move dead letters back to their queue, and watch how it goes on',
  description:
    'Says how many messages lie in the dead-letter queue, and moves them back to the queue that they came from, as new messages. It refuses while the mapping is off or the function still fails, because they would only come back. Ctrl-C ends the watching, not the move. --peek shows messages: SQS counts that as a receive, which may be one too many where the dead-letter queue has one of its own.',
  options,
  obeys: {
    timeout: 'give up watching after this time (default: until it ends)',
    yes: true,
    input: true,
    dryRun: true,
  },
  examples: [
    { command: 'sqs-trigger redrive orders --peek 3', does: 'look at three of them' },
    { command: 'sqs-trigger redrive orders --max-per-second 10', does: 'asks, then moves them, slowly' },
    { command: 'sqs-trigger redrive orders --cancel --yes', does: 'stop it' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED'],
  run: async ({ values, positionals }, context) => {
    const { globals } = context
    const { peek, cancel, force, maxPerSecond, wait } = values
    check(values)
    const agreed = globals.yes || globals.dryRun || peek !== undefined
    requireAnswers(
      [
        { what: 'the mapping', given: positionals.mapping !== undefined, type: '<mapping-or-queue>' },
        { what: '--yes (or --dry-run)', given: agreed, type: '--yes' },
      ],
      context,
    )
    const request: RedriveRequest = {
      mapping: await mappingReference(positionals, context),
      ...(positionals.function === undefined ? {} : { functionName: positionals.function }),
      ...(maxPerSecond === undefined ? {} : { maxPerSecond }),
      force,
      cancel,
    }
    const session = await context.session()
    if (peek !== undefined) {
      const { peekDeadLetters } = await import('../../operations/peek.js')
      return { kind: 'peeked', peek: await context.run(peekDeadLetters(request, peek, session)) }
    }
    const { applyRedrive, planRedrive } = await import('../../operations/redrive.js')
    const plan = await context.run(planRedrive(request, session))
    const error = plan.obstacle === null ? {} : { error: plan.obstacle }
    if (globals.dryRun) {
      const calls = await apiCallsOf(plan.changes, session.clients)
      return { kind: 'redrive-plan', plan, calls, ...error }
    }
    context.reporter.plan({ kind: 'redrive', plan })
    if (plan.obstacle !== null) throw plan.obstacle
    if (plan.changes.length > 0) {
      const { account, region } = plan.context
      const what = cancel ? 'Stop the move out of' : 'Move the messages out of'
      await confirm(`${what} ${nameIn(plan.deadLetterQueueArn)} in account ${account}, ${region}?`, context)
    }
    const { timeout } = globals
    const limits = { wait: wait !== false, ...(timeout === undefined ? {} : { timeoutMs: timeout }) }
    const result = await context.run(applyRedrive(plan, limits, session))
    // Moved is not handled: what fails again comes back.
    const look = nextCommand(context.connection, 'status', plan.mapping.uuid)
    const next = result.outcome === 'moved' ? [{ command: look, does: 'see whether they come back' }] : []
    return { kind: 'redriven', plan, result, next }
  },
})
