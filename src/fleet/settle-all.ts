import { listMappingPages } from '../aws/event-source-mapping.js'
import type { Mapping } from '../mapping.js'
import type { Operation } from '../operations/events.js'
import type { Session } from '../operations/session.js'
import type { StepResult } from './fleet-plan.js'

/**
 * Waits until everything that was changed is at rest, by looking at all mappings at once: a look at each would take more
 * calls than AWS allows for. What is not at rest in time, or ended in a wrong state, has failed, and says how to go on.
 */
export async function* settleAll(
  results: readonly StepResult[],
  timeoutMs: number,
  session: Session,
): Operation<readonly StepResult[]> {
  const { clock, signal } = session
  const started = clock.now()
  const waiting = results.filter(({ outcome }) => outcome === 'done')
  const total = waiting.length
  let now = new Map(waiting.flatMap(({ mapping }) => (mapping ? [[mapping.uuid, mapping] as const] : [])))
  for (let round = 0; ; round++) {
    const settled = results.map((result) => judged(result, now, false, timeoutMs))
    const done = waiting.filter((result) => isAtRest(result, now)).length
    yield { type: 'fleet-progress', what: 'Waiting until AWS is done', done, total, failed: 0 }
    if (round > 0 && done === total) return settled
    const left = timeoutMs - (clock.now() - started)
    if (round > 0 && left <= 0) return results.map((result) => judged(result, now, true, timeoutMs))
    try {
      if (round > 0) await clock.sleep(Math.min(gapMs, left), signal)
      now = await lookAtAll(session)
    } catch (error) {
      // Everything was sent; AWS goes on without anybody who waits.
      if (signal.aborted) return results
      throw error
    }
  }
}

/** A page holds a hundred mappings, so that a thousand take ten calls. */
const gapMs = 3_000

async function lookAtAll({ clients, signal }: Session): Promise<Map<string, Mapping>> {
  const found = new Map<string, Mapping>()
  for await (const page of listMappingPages(clients, {}, signal)) {
    for (const mapping of page) found.set(mapping.uuid, mapping)
  }
  return found
}

const uuidOf = ({ step, mapping }: StepResult) => mapping?.uuid ?? step.mapping?.uuid ?? ''

/** Gone, or in a state that AWS does not change by itself. A new one may not be listed for a moment. */
function isAtRest(result: StepResult, now: ReadonlyMap<string, Mapping>): boolean {
  const mapping = now.get(uuidOf(result))
  if (result.step.action === 'delete') return mapping === undefined
  return mapping?.state === 'Enabled' || mapping?.state === 'Disabled'
}

function judged(
  result: StepResult,
  now: ReadonlyMap<string, Mapping>,
  late: boolean,
  timeoutMs: number,
): StepResult {
  if (result.outcome !== 'done') return result
  const mapping = now.get(uuidOf(result)) ?? null
  if (!isAtRest(result, now)) {
    if (!late) return result
    const state = mapping?.state ?? 'not to be seen'
    const message = `It is still ${state} after ${Math.round(timeoutMs / 1_000)} s. AWS goes on by itself.`
    const failure = { code: 'NOT_FINISHED' as const, message, hint: `sqs-trigger wait ${uuidOf(result)}` }
    return { ...result, outcome: 'failed', mapping, failure }
  }
  const { step } = result
  const off = mapping?.state === 'Disabled'
  const wantedOff = step.trigger?.settings.enabled === false
  if (step.action === 'delete' || !off || wantedOff) return { ...result, mapping }
  const reason = mapping?.stateTransitionReason ?? 'none given'
  const message = `It is Disabled; it will not become Enabled by itself. Reason of AWS: ${reason}.`
  const failure = { code: 'MAPPING_STATE' as const, message, hint: `sqs-trigger enable ${uuidOf(result)}` }
  return { ...result, outcome: 'failed', mapping, failure }
}
