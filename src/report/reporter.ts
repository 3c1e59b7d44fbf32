import type { SqsTriggerError } from '../errors.js'
import type { FleetPlan } from '../fleet/fleet-plan.js'
import type { OperationEvent } from '../operations/events.js'
import type { MovePlan, UnwirePlan, UpdatePlan } from '../operations/mapping-results.js'
import type { RedrivePlan } from '../operations/redrive/results.js'
import type { RollbackPlan, WirePlan } from '../operations/results.js'
import type { Finding } from '../preflight/finding.js'
import type { ApiCall, Outcome, RepairTold } from './outcome.js'
import type { Page } from './page.js'
import type { WirePicture } from './text/picture-lines.js'

/** What is about to be done, shown before the question whether to do it. */
export type PlanToShow =
  | { readonly kind: 'wire'; readonly plan: WirePlan }
  | {
      readonly kind: 'summary'
      readonly plan: WirePlan
      readonly picture: WirePicture
      /** The same without questions. */
      readonly command: string
      readonly asking: boolean
    }
  | { readonly kind: 'unwire'; readonly plan: UnwirePlan }
  | { readonly kind: 'update'; readonly plan: UpdatePlan }
  | { readonly kind: 'move'; readonly plan: MovePlan }
  | { readonly kind: 'redrive'; readonly plan: RedrivePlan }
  | { readonly kind: 'fleet'; readonly plan: FleetPlan; readonly asking: boolean }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'repair'
      readonly told: RepairTold
      /** Which of several this is, from 1. */
      readonly position: number
      readonly of: number
      /** A question follows, so that it is shown with `--quiet`, too. */
      readonly asking: boolean
    }
  | {
      readonly kind: 'rollback'
      readonly plan: RollbackPlan
      readonly calls: readonly ApiCall[]
      readonly asking: boolean
    }
  /** Of a command that brings its own words. */
  | {
      readonly kind: 'told'
      readonly lines: (page: Page) => readonly string[]
      readonly asking: boolean
    }

/** The step that goes on whenever nothing is known of it but that a call is under way. */
export const askingAws = 'Asking AWS'

/** Renders a run while it goes on. Decides nothing: exit codes are made by `cli/exit-codes.ts`. */
export interface Reporter {
  on(event: OperationEvent): void
  plan(plan: PlanToShow): void
  /** A line for people only: not part of the answer. Silent with `--quiet` and in JSON. */
  note(line: string): void
  /** How the run works: for `--verbose` and `--debug`, on stderr, whatever the form of the answer. */
  detail(line: string): void
  /** A question is about to be put: nothing may repaint over it. */
  pause(): void
  /**
   * The last call for a run that ended by itself.
   * @returns how it ended: otherwise than it was given only where the answer itself could not be rendered
   */
  finish(outcome: Outcome, ending: Ending): Ending
  /** The last call for a run that did not. */
  fail(error: SqsTriggerError, ending: Ending): void
}

export interface Ending {
  readonly exitCode: number
  readonly exitName: string
}
