import { SqsTriggerError } from '../errors.js'
import type { Proof, ProofLevel } from '../operations/events.js'
import { planSending } from '../operations/plan-sending.js'
import type { StatusResult } from '../operations/results.js'
import { applySending } from '../operations/send.js'
import { nameIn, typedName } from '../report/text/sentences.js'
import type { CommandContext } from './command-context.js'
import { proofError } from './proof-bar.js'
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
    const error =
      otherWay(proof, mapping.uuid) ??
      proofError(proof, bar, typedName(mapping.queueArn, caller.account), context.connection)
    return { probe: proof, ...(error ? { error } : {}) }
  } catch (error) {
    if (error instanceof SqsTriggerError && obstacles.includes(error.code)) return { probe: null, error }
    throw error
  }
}

/** What keeps a message from being sent, while the mapping itself can be told of. */
const obstacles: readonly string[] = ['MAPPING_DISABLED', 'NOT_DELIVERED', 'ACCESS_DENIED', 'QUEUE_NOT_FOUND']

/** Another function may read the queue as well, and have taken the message. */
function otherWay(proof: Proof | null, uuid: string): SqsTriggerError | undefined {
  const way = proof?.mapping
  if (!way || way.uuid === uuid) return undefined
  return new SqsTriggerError(
    'NOT_DELIVERED',
    `${nameIn(way.functionArn)}, which reads the queue as well, took the message: of this mapping nothing is proven.`,
    { hint: 'Run it again: each message goes to one of them.' },
  )
}
