import { nameIn } from '../arn.js'
import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Proof, ProofLevel } from '../operations/events.js'
import { choice } from './options/options.js'

const levels: readonly ProofLevel[] = ['none', 'weak', 'medium', 'strong']

/** The evidence that is asked for; `--prove` alone is the usual bar. What it means without it, the command says. */
export const proveOption = (summary: string) =>
  choice(['strong', 'medium', 'weak'], {
    summary,
    group: 'Message',
    placeholder: 'strong|medium|weak',
    whenBare: 'medium',
  })

/**
 * An error when the function failed, or when less was seen than was asked for; undefined when all is well.
 * @param queue as it was typed, or its ARN: for the command that helps.
 */
export function proofError(
  proof: Proof | null,
  bar: ProofLevel,
  queue: string,
  typed: TypedDestination,
): SqsTriggerError | undefined {
  if (proof === null) return undefined
  const hint = hintFor(proof, queue, typed)
  if (proof.repeated) {
    const what =
      'The message is not delivered: SQS dropped it, because one with the same deduplication id was sent in the five minutes before.'
    return new SqsTriggerError('NOT_DELIVERED', what, { hint })
  }
  if (proof.functionFailed) {
    const failed = proof.evidence.some(({ hop, outcome }) => hop === 'invoked' && outcome === 'failed')
    const reached = proof.level === 'strong'
    const code = failed && reached ? 'FUNCTION_FAILED' : 'NOT_DELIVERED'
    return new SqsTriggerError(code, failed ? failures(reached) : unended(reached), { hint })
  }
  if (levels.indexOf(proof.level) >= levels.indexOf(bar)) return undefined
  return new SqsTriggerError(
    'NOT_DELIVERED',
    `Delivery is not proven: the evidence is ${proof.level}, ${bar} is needed.`,
    { hint },
  )
}

/**
 * As `proofError`, for a message that was to prove one mapping: another function may read the queue as well, and have
 * taken it.
 */
export function mappingProofError(
  proof: Proof | null,
  uuid: string,
  ...[bar, queue, typed]: readonly [bar: ProofLevel, queue: string, typed: TypedDestination]
): SqsTriggerError | undefined {
  const way = proof?.mapping
  const again = { hint: 'Run it again: each message goes to one of them.' }
  if (way && way.uuid !== uuid) {
    const taker = nameIn(way.functionArn)
    return new SqsTriggerError(
      'NOT_DELIVERED',
      `${taker}, which reads the queue as well, took the message: of this mapping nothing is proven.`,
      again,
    )
  }
  const error = proofError(proof, bar, queue, typed)
  if (error !== undefined || way !== null) return error
  return new SqsTriggerError(
    'NOT_DELIVERED',
    'Several mappings read the queue, and which of them took the message cannot be told: of this mapping nothing is proven.',
    again,
  )
}

const failures = (reached: boolean) =>
  reached
    ? 'The message was delivered, and the function failed on it.'
    : 'Delivery is not proven: the function failed after the send, and nothing shows that it handled the message.'

const unended = (reached: boolean) =>
  reached
    ? 'The message reached the function, which was not seen to handle it to its end.'
    : 'Delivery is not proven: the function ran after the send, and was not seen to handle the message to its end.'

/** The log of the run, where there was one; else what would show more, and the command that helps most. */
function hintFor(
  { functionFailed, requestId, mapping, missingPermissions, repeated }: Proof,
  queue: string,
  typed: TypedDestination,
): string {
  const run = functionFailed ? requestId : null
  if (run !== null && mapping !== null) return nextCommand(typed, 'logs', mapping.uuid, '--request', run)
  if (repeated !== undefined) return freshId
  const lacking = missingPermissions.map(({ action, on }) => (on === '*' ? action : `${action} on ${on}`))
  const lacks = lacking.length === 0 ? [] : [`This would show more: ${lacking.join(', ')}.`]
  const help =
    mapping === null
      ? nextCommand(typed, 'list', '--queue', queue)
      : nextCommand(typed, 'preflight', queue, nameIn(mapping.functionArn))
  return [...lacks, help].join('\n')
}

const freshId = 'Give a --deduplication-id that is new, or leave it out: each message then gets its own.'
