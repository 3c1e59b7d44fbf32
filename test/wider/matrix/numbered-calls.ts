import type { Service } from '../../../src/sandbox/define-action.js'
import type { FaultEffect, Faults } from '../../../src/sandbox/faults.js'

/** A call of a run, repeats by the SDK not counted: `sqs:GetQueueUrl#2` is the second of its kind. */
export interface NumberedCall {
  readonly service: Service
  readonly operation: string
  readonly occurrence: number
}

export const nameOf = ({ service, operation, occurrence }: NumberedCall) =>
  `${service}:${operation}#${occurrence}`

/**
 * What goes wrong with one call: at its first attempt, with it and all of its kind after it, or with it and every call
 * after it, at every attempt.
 */
export interface Aim {
  readonly call: NumberedCall
  readonly reach: 'once' | 'kind' | 'all'
  /** undefined: the call goes on as if nothing were; whoever aims did something else. */
  readonly effect: (call: NumberedCall) => FaultEffect | undefined
}

/** Numbers every call that reaches a sandbox, and lets go wrong what is aimed at. */
export interface NumberedCalls extends Faults {
  /** Begins to number anew. */
  begin(aim?: Aim): void
  /** In the order in which they came. */
  numbered(): readonly NumberedCall[]
  /** How often the aim was hit. */
  hits(): number
  /** Whether this call waits for an answer that does not come soon. */
  isStuck(invocationId: string): boolean
}

export function numberedCalls(): NumberedCalls {
  let calls = new Map<string, NumberedCall>()
  let aim: Aim | undefined
  let hits = 0
  const stuck = new Set<string>()

  const numberOf = (service: Service, operation: string, invocationId: string) => {
    const known = calls.get(invocationId)
    if (known) return { call: known, first: false }
    const same = [...calls.values()].filter((one) => one.service === service && one.operation === operation)
    const call = { service, operation, occurrence: same.length + 1 }
    calls.set(invocationId, call)
    return { call, first: true }
  }
  const isMeant = ({ call: meant, reach }: Aim, call: NumberedCall, first: boolean) => {
    if (reach === 'all' && hits > 0) return true
    if (call.service !== meant.service || call.operation !== meant.operation) return false
    if (reach === 'kind') return call.occurrence >= meant.occurrence
    return (first || reach === 'all') && call.occurrence === meant.occurrence
  }

  return {
    begin: (next) => {
      calls = new Map()
      aim = next
      hits = 0
      stuck.clear()
    },
    numbered: () => [...calls.values()],
    hits: () => hits,
    isStuck: (id) => stuck.has(id),
    take: (service, operation, { invocationId = '' }) => {
      const { call, first } = numberOf(service, operation, invocationId)
      stuck.delete(invocationId)
      if (aim === undefined || !isMeant(aim, call, first)) return undefined
      hits += 1
      const effect = aim.effect(call)
      if (effect?.kind === 'hang' || effect?.kind === 'delay') stuck.add(invocationId)
      return effect
    },
    inject: () => {
      throw new Error('faults are aimed at numbered calls here')
    },
    list: () => [],
    clear: () => {},
  }
}
