import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { FleetPlan, FleetResult } from '../fleet/fleet-plan.js'
import { nameIn } from '../report/text/sentences.js'
import { checksFailed } from './checks-failed.js'
import { exitStatusFor } from './exit-codes.js'
import { usualFile } from './project-file.js'

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

/** How an apply ended that did not do everything; undefined: it did. */
export function applyError(
  { steps }: FleetResult,
  { reason, aborted }: AbortSignal,
  again: string,
): SqsTriggerError | undefined {
  const failures = steps.flatMap(({ failure }) => failure ?? [])
  const count = (outcome: string) => steps.filter((one) => one.outcome === outcome).length
  const told = `${count('done')} done, ${count('failed')} failed, ${count('untouched')} not touched.`
  const hint = { hint: `go on from here: ${again}` }
  if (aborted) {
    const stopped = reason instanceof SqsTriggerError ? reason : undefined
    const message = `${stopped?.message ?? 'Interrupted.'} ${told}`
    return new SqsTriggerError(stopped?.code ?? 'INTERRUPTED', message, hint)
  }
  const [first] = failures
  if (first === undefined) return undefined
  const codes = failures.map(({ code }) => code)
  const { errors } = exitStatusFor(codes)
  const code = codes.find((one) => errors.includes(one)) ?? first.code
  return new SqsTriggerError(code, told, hint)
}
