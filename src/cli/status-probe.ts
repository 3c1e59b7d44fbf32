import { SqsTriggerError } from '../errors.js'
import type { Proof, ProofLevel } from '../operations/events.js'
import type { StatusResult } from '../operations/results.js'
import { planSending } from '../operations/send/plan-sending.js'
import { applySending } from '../operations/send.js'
import { typedName } from '../report/text/sentences.js'
import type { CommandContext } from './command-context.js'
import { mappingProofError } from './proof-bar.js'
import { agreeToSend } from './send-consent.js'

interface Probed {
  /** null: nothing was sent. */
  readonly probe: Proof | null
  readonly error?: SqsTriggerError
}

/**
 * Sends one test message through a mapping, after the same consent as `send`, and proves it. What stands in the way
 * is part of the answer: the status is shown all the same.
 */
export async function probeMapping(
  { mapping, context: caller }: StatusResult,
  bar: ProofLevel,
  body: string | undefined,
  context: CommandContext,
): Promise<Probed> {
  const session = await context.session()
  const { timeout } = context.globals
  const request = {
    queue: mapping.queueArn,
    count: 1,
    prove: bar,
    ...(body === undefined ? {} : { body }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  }
  const known = { mapping, context: caller }
  try {
    const plan = await context.run(planSending(request, session, known))
    await agreeToSend(plan, context)
    const { proof } = await context.run(applySending(plan, session))
    const queue = typedName(mapping.queueArn, caller.account)
    const error = mappingProofError(proof, mapping.uuid, bar, queue, context.connection)
    return { probe: proof, ...(error ? { error } : {}) }
  } catch (error) {
    if (error instanceof SqsTriggerError && obstacles.includes(error.code)) return { probe: null, error }
    throw error
  }
}

/** What keeps a message from being sent, while the mapping itself can be told of. */
const obstacles: readonly string[] = ['MAPPING_DISABLED', 'NOT_DELIVERED', 'ACCESS_DENIED', 'QUEUE_NOT_FOUND']
