import type { RefusedEntries } from './faults.js'
import { structures } from './members.js'
import { isObject } from './protocols/json-body.js'
import type { RawInput } from './raw-input.js'

/**
 * Runs a batch request without the entries that are to fail, and adds their failures to its answer. A request without
 * entries runs as it is.
 */
export async function refuseEntries(
  raw: RawInput,
  { positions, code, message, senderFault = false }: RefusedEntries,
  run: (raw: RawInput) => Promise<unknown>,
): Promise<unknown> {
  const entries = structures(raw, 'Entries') ?? []
  const kept = entries.filter((_, index) => !positions.includes(index))
  const refused = entries.filter((_, index) => positions.includes(index))
  if (refused.length === 0) return run(raw)
  // SQS itself would refuse a batch of nothing.
  const answer = kept.length === 0 ? { Successful: [] } : await run({ ...raw, Entries: kept })
  if (!isObject(answer)) return answer
  const failures = refused.map(({ Id }) => ({ Id, SenderFault: senderFault, Code: code, Message: message }))
  const Failed = Array.isArray(answer.Failed) ? answer.Failed : []
  return { ...answer, Failed: [...Failed, ...failures] }
}
