import { SqsTriggerError } from '../errors.js'
import type { WireRequest } from '../operations/requests.js'
import type { WirePlan } from '../operations/results.js'
import type { Session } from '../operations/session.js'
import type { PlannedWiring } from '../operations/wire.js'
import type { FailOn } from '../preflight/strictness.js'
import { checksFailed } from './checks-failed.js'
import type { CommandContext } from './command-context.js'
import { fixOffer } from './fix-offer.js'
import { judgedAgain, type Mended, mendedParts } from './mend.js'

/** What is asked for, and which findings stop it. */
export interface WireAim {
  readonly request: WireRequest
  readonly failOn: FailOn
}

/** Preflight and plan. */
export async function planned({ request, failOn }: WireAim, context: CommandContext): Promise<PlannedWiring> {
  const { planWiring } = await import('../operations/wire.js')
  return context.run(planWiring(request, await context.session(), { failOn }))
}

/** The same after repairs, of which some need their time to work. */
export async function plannedAgain(
  { request, failOn }: WireAim,
  mended: Mended,
  context: CommandContext,
): Promise<{ readonly plan: PlannedWiring; readonly mended: Mended }> {
  const [{ waitForRepair }, { planFound }] = await Promise.all([
    import('../operations/repair/wait.js'),
    import('../operations/wire.js'),
  ])
  const session = await context.session()
  const about = { request, rules: mendedParts(mended.made).rules }
  const { result, pending } = await context.run(waitForRepair(about, session))
  const plan = await context.run(planFound(result, request, session, { failOn }))
  return { plan, mended: judgedAgain(mended, pending) }
}

/** A mapping that differs needs another command, whatever can be mended. */
export const canBeMended = ({ outcome }: WirePlan) => outcome !== 'differs' && outcome !== 'disabled'

/** Why the plan cannot be applied; undefined when it can. */
export async function obstacleOf(
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
  const { requireApplicable } = await import('../operations/wire/conflict.js')
  try {
    requireApplicable(plan, session)
    return undefined
  } catch (error) {
    if (error instanceof SqsTriggerError) return error
    throw error
  }
}
