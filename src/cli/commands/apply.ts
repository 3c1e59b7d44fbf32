import { type FleetPlan, isPending } from '../../fleet/fleet-plan.js'
import { counted } from '../../report/text/sentences.js'
import { apiCallsOf } from '../api-calls.js'
import { defineCommand } from '../define-command.js'
import { applyError, planError } from '../fleet-errors.js'
import { requireAnswers } from '../missing-answers.js'
import { fleetOptions, fleetRequest, manifestOf } from '../options/fleet-options.js'
import { flag, negatable } from '../options/options.js'
import { confirm } from '../prompts/confirm.js'
import { typedLine } from '../typed-line.js'
import { usageError } from '../usage-error.js'

const options = {
  ...fleetOptions,
  keepGoing: flag({
    summary: 'apply what can be applied although something else cannot',
    group: 'Behaviour',
  }),
  wait: negatable({ summary: 'return as soon as AWS took the requests', group: 'Behaviour', on: true }),
} as const

export default defineCommand({
  name: 'apply',
  positionals: {},
  summary: 'Make the triggers as a file says',
  description:
    'Shows the plan of sqs-trigger.yaml, asks once, and does it: several triggers at the same time, deletions last, one wait for all. What it makes gets a tag with the name of the file; mappings without that tag are left alone unless --adopt takes them over. It may be interrupted: run again it goes on from there.',
  options,
  obeys: {
    timeout: 'give up waiting until all are at rest after this time (default 2m)',
    yes: true,
    input: true,
    dryRun: true,
  },
  formats: ['text', 'json', 'markdown'],
  examples: [
    { command: 'sqs-trigger apply', does: 'shows the plan, asks, and does it' },
    { command: 'sqs-trigger apply -f triggers.yaml --environment prod --yes', does: 'for scripts' },
    { command: 'sqs-trigger apply --prune --dry-run', does: 'shows the plan and the calls' },
    { command: 'sqs-trigger apply -f - --yes < triggers.yaml', does: 'from standard input' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED'],
  run: async ({ values }, context) => {
    const { globals, reporter, host } = context
    const agreed = globals.yes || globals.dryRun
    requireAnswers([{ what: '--yes (or --dry-run)', given: agreed, type: '--yes' }], context)
    if (values.file === '-' && !agreed) {
      throw usageError('-f - takes standard input, so that nobody can answer there', 'add --yes')
    }
    const manifest = await manifestOf(values, context)
    const [{ planFleet }, { applyFleet }] = await Promise.all([
      import('../../fleet/plan-fleet.js'),
      import('../../fleet/apply-fleet.js'),
    ])
    const session = await context.session()
    const request = fleetRequest(values)
    const plan = await context.run(planFleet(manifest, request, session))
    const { allFindings, keepGoing } = values
    const error = keepGoing ? undefined : planError(plan, context.connection)
    if (globals.dryRun) {
      // Where something stands in the way of all, or of a step, no call would be made.
      const changes = error ? [] : plan.steps.filter(isPending).flatMap((step) => step.changes)
      const calls = await apiCallsOf(changes, session.clients)
      return {
        kind: 'fleet-plan',
        plan,
        calls,
        allFindings,
        pending: false,
        dryRun: true,
        ...(error ? { error } : {}),
      }
    }
    const asking = plan.steps.some(isPending)
    if (asking || error) reporter.plan({ kind: 'fleet', plan, asking: asking && !globals.yes })
    if (error) throw error
    const question = questionOf(plan)
    if (question !== null)
      await confirm(question, context, !plan.steps.some(({ action }) => action === 'delete'))
    const { timeout } = globals
    const stopping = () =>
      reporter.note('Stopping: what AWS was asked for comes to its end. Ctrl-C again leaves at once.')
    context.signal.addEventListener('abort', stopping, { once: true })
    const result = await context.run(
      applyFleet(
        plan,
        { ...request, wait: values.wait !== false, ...(timeout === undefined ? {} : { timeoutMs: timeout }) },
        session,
      ),
      underWayMs,
    )
    context.signal.removeEventListener('abort', stopping)
    const again = typedLine(host.argv, {})
    const failed = applyError(result, { plan, again, typed: context.connection }, context.signal)
    return { kind: 'fleet-applied', plan, result, allFindings, ...(failed ? { error: failed } : {}) }
  },
})

/** Changes are sent without the signal: only their answers tell what exists. */
const underWayMs = 30_000

/** What is about to happen, and where; null: nothing is. */
function questionOf({ steps, context: { account, region } }: FleetPlan): string | null {
  const parts = (
    [
      ['create', 'Create'],
      ['update', 'change'],
      ['delete', 'delete'],
    ] as const
  ).flatMap(([action, verb]) => {
    const count = steps.filter((step) => step.action === action).length
    return count === 0 ? [] : [`${verb} ${count}`]
  })
  if (parts.length === 0) return null
  const all = steps.filter(isPending).length
  const [first = '', ...others] = parts
  const words = [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others]
  const list = words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
  const what = counted(all, 'mapping').replace(/^\d+ /, '')
  return `${list} ${what} in account ${account}, ${region}?`
}
