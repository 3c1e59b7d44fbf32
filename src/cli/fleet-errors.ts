import { nameIn } from '../arn.js'
import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { FleetPlan, FleetResult } from '../fleet/fleet-plan.js'
import { checksFailed } from './checks-failed.js'
import { exitStatusFor } from './exit-codes.js'
import { usualFile } from './files/project-file.js'

/** What of a plan cannot be applied; undefined: all of it can. A conflict needs another decision, so that it goes first. */
export function planError({ steps, file }: FleetPlan, typed: TypedDestination): SqsTriggerError | undefined {
  const foreign = steps.filter(({ action }) => action === 'foreign')
  const blocked = steps.filter(({ action }) => action === 'blocked')
  const [first] = foreign
  if (first !== undefined) {
    const which = `${nameIn(first.queueArn)} to ${nameIn(first.functionArn)}: ${first.reason}`
    const more = foreign.length === 1 ? '' : ` ${foreign.length - 1} more cannot be changed either.`
    const word = blocked.length === 1 ? 'one is' : `${blocked.length} are`
    const also = blocked.length === 0 ? '' : ` Of the others ${word} blocked by checks.`
    const named = file === usualFile || file === 'standard input' ? [] : ['-f', file]
    return new SqsTriggerError('CONFLICT', `${which}.${more}${also} Nothing was changed.`, {
      hint: first.adoptable
        ? nextCommand(typed, 'apply', ...named, '--adopt')
        : `see what it is: ${nextCommand(typed, 'status', first.mapping?.uuid ?? nameIn(first.queueArn))}`,
    })
  }
  return checksFailed(
    blocked.flatMap(({ blocking }) => blocking),
    steps.flatMap(({ findings }) => findings),
  )
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
