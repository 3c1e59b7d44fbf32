import { type Denial, readDenial } from '../aws/denial.js'
import { type ErrorCode, SqsTriggerError } from '../errors.js'
import type { UnknownClass } from '../permissions/decision.js'

/**
 * Something that rules judge by.
 * - `absent`: it is known not to be there, or not to apply; rules that need it are skipped.
 * - `unknown`: it could not be read; rules that need it answer unknown, never pass.
 */
export type Fact<Value> = { readonly state: 'known'; readonly value: Value } | AbsentFact | UnknownFact

export interface AbsentFact {
  readonly state: 'absent'
  readonly reason: string
}

export interface UnknownFact {
  readonly state: 'unknown'
  /** One sentence without a final full stop. */
  readonly reason: string
  /** IAM action that would settle it, where one would. */
  readonly permission?: string
  /** What kind of thing is not known. Default `core`. */
  readonly class?: UnknownClass
  /** Set when a policy asks for tags of the resource, which were not read. */
  readonly turnsOnTags?: true
  /** Set when AWS refused the read: live evidence that the caller lacks the permission. */
  readonly refusal?: Denial | 'without-reason'
}

export function known<Value>(value: Value): Fact<Value> {
  return { state: 'known', value }
}

export function absent(reason: string): Fact<never> {
  return { state: 'absent', reason }
}

export function unknown(reason: string, permission?: string, unknownClass?: UnknownClass): UnknownFact {
  return {
    state: 'unknown',
    reason,
    ...(permission === undefined ? {} : { permission }),
    ...(unknownClass === undefined ? {} : { class: unknownClass }),
  }
}

/**
 * A read as a fact: a refusal becomes unknown, a missing thing absent.
 * @throws SqsTriggerError when nobody is signed in or, for an essential read, when the endpoint does not answer:
 *   then there is nothing to judge.
 */
export async function readAsFact<Value>(
  read: Promise<Value>,
  options: { readonly essential?: boolean } = {},
): Promise<Fact<Value>> {
  try {
    return known(await read)
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || endsEverything(error.code, options.essential ?? false))
      throw error
    if (notFound.has(error.code)) return absent(withoutStop(error.message))
    // Operation and IAM action have the same name in every call that we make.
    const permission = error.aws && `${error.aws.service}:${error.aws.operation}`
    if (error.code !== 'ACCESS_DENIED' || permission === undefined)
      return unknown(withoutStop(error.message), permission)
    const refusal = readDenial(error.aws?.message ?? '') ?? 'without-reason'
    return { state: 'unknown', reason: `${permission} was refused`, permission, refusal }
  }
}

/** A fact computed from another; what is absent or unknown stays so. */
export function mapFact<From, To>(fact: Fact<From>, change: (value: From) => To): Fact<To> {
  return fact.state === 'known' ? known(change(fact.value)) : fact
}

const notFound: ReadonlySet<ErrorCode> = new Set([
  'QUEUE_NOT_FOUND',
  'FUNCTION_NOT_FOUND',
  'NOT_FOUND',
  'MAPPING_NOT_FOUND',
])

const recoverable: ReadonlySet<ErrorCode> = new Set([
  ...notFound,
  'ACCESS_DENIED',
  'THROTTLED',
  'REJECTED_BY_AWS',
  'AWS_FAILED',
  'CONFLICT',
])

const ofEndpoint: ReadonlySet<ErrorCode> = new Set([
  'ENDPOINT_UNREACHABLE',
  'ENDPOINT_TIMED_OUT',
  'ENDPOINT_NOT_AWS',
])

function endsEverything(code: ErrorCode, essential: boolean): boolean {
  return !recoverable.has(code) && !(ofEndpoint.has(code) && !essential)
}

const withoutStop = (sentence: string) => sentence.replace(/\.$/, '')
