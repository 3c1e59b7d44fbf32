import type { SqsTriggerError } from '../errors.js'
import type { OperationEvent } from '../operations/events.js'
import type { UnwirePlan, WirePlan } from '../operations/results.js'
import type { Outcome } from './outcome.js'

/** What is about to be done, shown before the question whether to do it. */
export type PlanToShow =
  | { readonly kind: 'wire'; readonly plan: WirePlan }
  | { readonly kind: 'unwire'; readonly plan: UnwirePlan }

/** Renders a run while it goes on. Decides nothing: exit codes are made by `cli/exit-codes.ts`. */
export interface Reporter {
  on(event: OperationEvent): void
  plan(plan: PlanToShow): void
  /** A line for people only: not part of the answer. Silent with `--quiet` and in JSON. */
  note(line: string): void
  /** A question is about to be put: nothing may repaint over it. */
  pause(): void
  /** The last call for a run that ended by itself. */
  finish(outcome: Outcome, ending: Ending): void
  /** The last call for a run that did not. */
  fail(error: SqsTriggerError, ending: Ending): void
}

export interface Ending {
  readonly exitCode: number
  readonly exitName: string
}
