import { nameIn } from '../arn.js'
import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { FleetPlan, FleetResult, FleetStep } from '../fleet/fleet-plan.js'
import { ownerTag } from '../fleet/manifest/settings.js'
import { checksFailed } from './checks-failed.js'
import { exitStatusFor } from './exit-codes.js'
import { usualFile } from './files/project-file.js'

/**
 * What of a plan cannot be applied; undefined: all of it can. A conflict needs another decision, so that it goes before
 * what the checks say; whose something is that may not be read, before all.
 */
export function planError({ steps, file }: FleetPlan, typed: TypedDestination): SqsTriggerError | undefined {
  const foreign = steps.filter(({ action }) => action === 'foreign')
  const blocked = steps.filter(({ action }) => action === 'blocked')
  const first = foreign.find(({ ownedBy }) => ownedBy === 'unknown') ?? foreign[0]
  if (first !== undefined) {
    const which = `${nameIn(first.queueArn)} to ${nameIn(first.functionArn)}: ${first.reason}`
    const more = foreign.length === 1 ? '' : ` ${foreign.length - 1} more cannot be changed either.`
    const word = blocked.length === 1 ? 'one is' : `${blocked.length} are`
    const also = blocked.length === 0 ? '' : ` Of the others ${word} blocked by checks.`
    const code = first.ownedBy === 'unknown' ? 'ACCESS_DENIED' : 'CONFLICT'
    const message = `${which}.${more}${also} Nothing was changed.`
    return new SqsTriggerError(code, message, { hint: howToTake(first, file, typed) })
  }
  return checksFailed(
    blocked.flatMap(({ blocking }) => blocking),
    steps.flatMap(({ findings }) => findings),
  )
}

/** The command that helps where a mapping is not, or not known to be, this file's. */
function howToTake(
  { ownedBy, queueArn, functionArn, mapping, reason }: FleetStep,
  file: string,
  typed: TypedDestination,
): string {
  const named = file === usualFile || file === 'standard input' ? [] : ['-f', file]
  if (ownedBy === 'nobody') return nextCommand(typed, 'apply', ...named, '--adopt')
  const ends = [nameIn(queueArn), nameIn(functionArn)] as const
  return ownedBy === 'unknown'
    ? `the rights that it takes: ${nextCommand(typed, 'policy', ...ends, '--for', 'caller', '--with', 'update')}`
    : mapping !== null && reason?.startsWith('it belongs to the file')
      ? `to hand it over, take it out of that file, then: ${nextCommand(typed, 'update', mapping.uuid, '--untag', ownerTag)}\nand let this one take it: ${nextCommand(typed, 'apply', ...named, '--adopt')}`
      : `see what it is: ${nextCommand(typed, 'status', mapping?.uuid ?? ends[0])}`
}

/** How an apply ended that did not do everything; undefined: it did. What was left out with --keep-going counts, too. */
export function applyError(
  { steps }: FleetResult,
  {
    plan,
    again,
    typed,
  }: { readonly plan: FleetPlan; readonly again: string; readonly typed: TypedDestination },
  { reason, aborted }: AbortSignal,
): SqsTriggerError | undefined {
  const failures = steps.flatMap(({ failure }) => failure ?? [])
  const count = (outcome: string) => steps.filter((one) => one.outcome === outcome).length
  const told = `${count('done')} done, ${count('failed')} failed, ${count('untouched')} not touched.`
  const hint = { hint: `the same command goes on from here: ${again}` }
  if (aborted) {
    const stopped = reason instanceof SqsTriggerError ? reason : undefined
    const message = `${stopped?.message ?? 'Interrupted.'} ${told}`
    return new SqsTriggerError(stopped?.code ?? 'INTERRUPTED', message, hint)
  }
  const obstacles = obstaclesOf(plan, typed)
  const ends = [...failures, ...obstacles]
  const [first] = ends
  if (first === undefined) return undefined
  const { errors } = exitStatusFor(ends.map(({ code }) => code))
  const code = ends.find((one) => errors.includes(one.code))?.code ?? first.code
  const left = plan.steps.filter(({ action }) => action === 'blocked' || action === 'foreign').length
  const also = left === 0 ? '' : ` ${left} of the file ${left === 1 ? 'was' : 'were'} left out.`
  const help = failures.length > 0 ? hint : hintOf(obstacles.find((one) => one.code === code))
  return new SqsTriggerError(code, `${told}${also}`, help)
}

/** What stands in the way of a part of the plan: whose it is, and what the checks say. */
function obstaclesOf(plan: FleetPlan, typed: TypedDestination): readonly SqsTriggerError[] {
  const without = (action: string) => ({ ...plan, steps: plan.steps.filter((one) => one.action !== action) })
  return [planError(without('blocked'), typed), planError(without('foreign'), typed)].flatMap(
    (error) => error ?? [],
  )
}

const hintOf = (error: SqsTriggerError | undefined) => (error?.hint === undefined ? {} : { hint: error.hint })
