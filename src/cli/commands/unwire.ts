import { nameIn } from '../../arn.js'
import type { UnwirePlan } from '../../operations/mapping-results.js'
import type { ApplyOptions } from '../../operations/requests.js'
import { apiCallsOf } from '../api-calls.js'
import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { requireAnswers } from '../missing-answers.js'
import type { GlobalValues } from '../options/global-options.js'
import { flag, type Values, waiting } from '../options/options.js'
import { confirm } from '../prompts/confirm.js'
import { usageError } from '../usage-error.js'

const options = {
  revoke: flag({
    summary: 'take away also what --fix let the role do with this queue, and nothing else',
    group: 'Behaviour',
  }),
  wait: waiting('AWS'),
} as const

/** Pure: what was typed as the options of the operation. */
export function unwireOptions({ wait }: Values<typeof options>, { timeout }: GlobalValues): ApplyOptions {
  return { wait: wait !== false, ...(timeout === undefined ? {} : { timeoutMs: timeout }) }
}

export default defineCommand({
  name: 'unwire',
  positionals: mappingPositionals,
  summary: 'Delete a mapping; queue and function stay',
  description:
    'Deletes the event source mapping and waits until it is gone. The queue with its messages, the function and its role stay as they are; with --revoke the inline policy goes that --fix wrote for this queue, where nobody changed it and no other mapping needs it.',
  options,
  obeys: {
    timeout: 'give up waiting until it is gone after this time (default 2m)',
    yes: true,
    input: true,
    dryRun: true,
  },
  examples: [
    { command: 'sqs-trigger unwire 7c1d2f0a', does: 'asks, then deletes' },
    { command: 'sqs-trigger unwire orders order-worker --yes', does: 'for scripts' },
    { command: 'sqs-trigger unwire orders --revoke', does: 'takes the rights away, too, that --fix gave' },
    { command: 'sqs-trigger unwire orders --dry-run', does: 'shows what would be deleted' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED'],
  run: async ({ values, positionals }, context) => {
    const { globals } = context
    if (values.revoke && values.wait === false) {
      throw usageError(
        '--revoke and --no-wait contradict each other: the rights go when nothing polls any more',
      )
    }
    const agreed = globals.yes || globals.dryRun
    requireAnswers(
      [
        { what: 'the mapping', given: positionals.mapping !== undefined, type: '<mapping-or-queue>' },
        { what: '--yes (or --dry-run)', given: agreed, type: '--yes' },
      ],
      context,
    )
    const reference = await mappingReference(positionals, context)
    const { applyUnwiring, planUnwiring } = await import('../../operations/unwire.js')
    const session = await context.session()
    const plan = await context.run(
      planUnwiring(reference, positionals.function, session, { revoke: values.revoke }),
    )
    if (globals.dryRun)
      return { kind: 'unwire-plan', plan, calls: await apiCallsOf(plan.changes, session.clients) }
    if (plan.changes.length > 0 && !globals.yes) {
      context.reporter.plan({ kind: 'unwire', plan })
      await confirm(questionOf(plan), context, false)
    }
    return {
      kind: 'unwired',
      plan,
      result: await context.run(applyUnwiring(plan, unwireOptions(values, globals), session)),
    }
  },
})

/** Names what and where by itself: with --quiet or --json nothing else stands above it. */
function questionOf({ mapping, target, context: { account, region } }: UnwirePlan): string {
  const { queueArn, functionArn } = target
  const what = mapping === null ? 'Take from the role of' : 'Disconnect'
  const from = mapping === null ? 'what it may do with' : 'from'
  return `${what} ${nameIn(functionArn ?? '')} ${from} ${nameIn(queueArn ?? '')} in account ${account}, ${region}?`
}
