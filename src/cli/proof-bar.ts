import { SqsTriggerError } from '../errors.js'
import type { Proof, ProofLevel } from '../operations/events.js'
import { choice } from './options.js'

const levels: readonly ProofLevel[] = ['none', 'weak', 'medium', 'strong']

/** The evidence that is asked for; `--prove` alone is the usual bar. What it means without it, the command says. */
export const proveOption = (summary: string) =>
  choice(['strong', 'medium', 'weak'], {
    summary,
    group: 'Message',
    placeholder: 'strong|medium|weak',
    whenBare: 'medium',
  })

/** An error when the function failed, or when less was seen than was asked for; undefined when all is well. */
export function proofError(proof: Proof | null, bar: ProofLevel, hint: string): SqsTriggerError | undefined {
  if (proof === null) return undefined
  if (proof.functionFailed) {
    return new SqsTriggerError(
      'NOT_DELIVERED',
      'Delivery is not proven: the function failed on the message, or was not seen to handle it to its end.',
      { hint },
    )
  }
  if (levels.indexOf(proof.level) >= levels.indexOf(bar)) return undefined
  return new SqsTriggerError(
    'NOT_DELIVERED',
    `Delivery is not proven: the evidence is ${proof.level}, ${bar} is needed.`,
    { hint },
  )
}
