import type { FleetPlan, FleetStep, StepAction } from '../fleet/fleet-plan.js'
import type { Outcome } from './outcome.js'
import { mappingOf } from './result-mapping.js'

/** The `result` of `plan`, and of `apply --dry-run`. */
export const fleetPlanResult = ({ plan, calls }: Extract<Outcome, { kind: 'fleet-plan' }>) => ({
  ...planOf(plan),
  steps: plan.steps.map(stepOf),
  calls,
})

/** The `result` of `apply`: what became of every step of the plan. */
export function fleetAppliedResult({ plan, result }: Extract<Outcome, { kind: 'fleet-applied' }>) {
  const ended = new Map(result.steps.map((one) => [one.step, one]))
  return {
    ...planOf(plan),
    steps: plan.steps.map((step) => {
      const { outcome = null, mapping = step.mapping, failure = null } = ended.get(step) ?? {}
      return { ...stepOf({ ...step, mapping }), outcome, failure }
    }),
    waitedMs: result.waitedMs,
  }
}

const actions: readonly StepAction[] = [
  'create',
  'update',
  'delete',
  'unchanged',
  'blocked',
  'foreign',
  'left',
]

const planOf = ({ file, owner, environment, steps, unused, unowned }: FleetPlan) => ({
  file,
  owner,
  environment,
  counts: Object.fromEntries(
    actions.map((action) => [action, steps.filter((step) => step.action === action).length]),
  ),
  unowned,
  unusedIgnores: unused.map(({ rule, queue, function: functionName, at }) => ({
    rule,
    queue,
    function: functionName,
    line: at.line,
  })),
})

const stepOf = ({
  action,
  queueArn,
  functionArn,
  trigger,
  mapping,
  differences,
  changes,
  reason,
  blocking,
}: FleetStep) => ({
  action,
  queueArn,
  functionArn,
  name: trigger?.name ?? null,
  line: trigger?.at.line ?? null,
  mapping: mapping === null ? null : mappingOf(mapping),
  differences,
  changes,
  reason,
  blockedBy: [...new Set(blocking.map(({ rule }) => rule))],
})
