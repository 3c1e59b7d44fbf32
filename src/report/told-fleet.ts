import { nameIn } from '../arn.js'
import type { FleetStep, StepResult } from '../fleet/fleet-plan.js'
import type { Outcome } from './outcome.js'

/** Many triggers, for formats that have tables. */
export interface ToldFleet {
  /** One sentence. */
  readonly summary: string
  /** Without what is as it should be. */
  readonly steps: readonly {
    readonly what: string
    readonly queue: string
    readonly function: string
    readonly details: readonly string[]
  }[]
}

/** null: the run was about one trigger, or none. */
export function toldFleet(outcome: Outcome): ToldFleet | null {
  if (outcome.kind === 'fleet-plan') {
    const { steps } = outcome.plan
    const told = steps.filter(({ action, reason }) => action !== 'unchanged' || reason !== null)
    return {
      summary: sumOf(steps.map(({ action }) => words[action])),
      steps: told.map((step) => row(step, words[step.action])),
    }
  }
  if (outcome.kind !== 'fleet-applied') return null
  const { steps } = outcome.result
  const leftOut = outcome.plan.steps.filter(({ action }) => action === 'blocked' || action === 'foreign')
  return {
    summary: sumOf([
      ...steps.map(({ outcome: end }) => ends[end]),
      ...leftOut.map(({ action }) => words[action]),
    ]),
    steps: [
      ...steps.map((one) => row(one.step, `${words[one.step.action]}: ${ends[one.outcome]}`, one)),
      ...leftOut.map((step) => row(step, words[step.action])),
    ],
  }
}

const words = {
  create: 'create',
  update: 'change',
  delete: 'delete',
  unchanged: 'unchanged',
  blocked: 'blocked',
  foreign: 'not ours',
  left: 'not in the file',
} as const

const ends = { done: 'done', failed: 'failed', untouched: 'not touched' } as const

/** `2 create, 1 change, 9 unchanged.` */
function sumOf(all: readonly string[]): string {
  const counts = [...new Set(all)].map((word) => `${all.filter((one) => one === word).length} ${word}`)
  return counts.length === 0 ? 'There is nothing to do.' : `${counts.join(', ')}.`
}

const row = (
  { queueArn, functionArn, action, trigger, differences, reason }: FleetStep,
  what: string,
  result?: StepResult,
) => ({
  what,
  queue: nameIn(queueArn),
  function: nameIn(functionArn),
  details: [
    ...(action === 'create'
      ? Object.entries(trigger?.settings ?? {}).map(
          ([setting, value]) => `${setting}: ${JSON.stringify(value)}`,
        )
      : []),
    ...differences.map(
      ({ setting, found, wanted }) => `${setting}: ${JSON.stringify(found)} → ${JSON.stringify(wanted)}`,
    ),
    ...(reason === null ? [] : [reason]),
    ...(result?.failure ? [result.failure.message] : []),
  ],
})
