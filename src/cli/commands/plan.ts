import { isPending } from '../../fleet/fleet-plan.js'
import { apiCallsOf } from '../api-calls.js'
import { defineCommand } from '../define-command.js'
import { planError } from '../fleet-errors.js'
import { fleetOptions, fleetRequest, manifestOf } from '../options/fleet-options.js'
import { flag } from '../options/options.js'

const options = {
  ...fleetOptions,
  exitCode: flag({ summary: 'end with 10 where there is something to apply', group: 'Behaviour' }),
} as const

export default defineCommand({
  name: 'plan',
  positionals: {},
  summary: 'Show what it takes to make the triggers as a file says',
  description:
    'Compares the triggers in sqs-trigger.yaml with the mappings that exist, and shows what apply would create, change and delete, like a diff. What is to be created or changed is checked first. Only settings that the file names are compared. Nothing is changed.',
  options,
  formats: ['text', 'json', 'junit', 'sarif', 'github', 'markdown'],
  examples: [
    { command: 'sqs-trigger plan', does: 'of sqs-trigger.yaml in this folder' },
    {
      command: 'sqs-trigger plan -f triggers.yaml --environment prod',
      does: 'of another file, for production',
    },
    {
      command: 'sqs-trigger plan --prune --exit-code',
      does: 'for scripts: exit code 10 where something differs',
    },
    { command: 'sqs-trigger plan --output markdown', does: 'for a pull request' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'CHANGES_PENDING'],
  run: async ({ values }, context) => {
    const manifest = await manifestOf(values, context)
    const { planFleet } = await import('../../fleet/plan-fleet.js')
    const session = await context.session()
    const plan = await context.run(planFleet(manifest, fleetRequest(values), session))
    const calls = await apiCallsOf(
      plan.steps.flatMap(({ changes }) => changes),
      session.clients,
    )
    const error = planError(plan, context.connection)
    const { allFindings, exitCode } = values
    const pending = exitCode && plan.steps.some(isPending)
    return {
      kind: 'fleet-plan',
      plan,
      calls,
      allFindings,
      pending,
      dryRun: false,
      ...(error ? { error } : {}),
    }
  },
})
