import type { FunctionAddress } from '../../arn.js'
import type { Clients } from '../../aws/clients.js'
import { type LambdaFunction, readFunction } from '../../aws/lambda-function.js'
import type { Queue } from '../../aws/queue.js'
import type { Mapping } from '../../mapping.js'
import { absent, type Fact, known, readAsFact } from '../fact.js'

/** Whether a thing is there, from the attempt to read it. `away`: it was never asked for. */
export function existence(fact: Fact<unknown>, away: string | undefined): Fact<boolean> {
  if (away !== undefined) return absent(away)
  return fact.state === 'unknown' ? fact : known(fact.state === 'known')
}

/** A function whose alias is missing exists all the same: Lambda answers both with "not found". */
export async function functionExistence(
  clients: Clients,
  { qualifier: _, ...unqualified }: FunctionAddress,
  fact: Fact<LambdaFunction>,
  away: string | undefined,
): Promise<Fact<boolean>> {
  if (away !== undefined || fact.state !== 'absent' || _ === undefined) return existence(fact, away)
  return existence(await readAsFact(readFunction(clients, unqualified)), undefined)
}

export function qualifierExistence(
  address: FunctionAddress,
  fact: Fact<LambdaFunction>,
  functionExists: Fact<boolean>,
): Fact<boolean> {
  if (address.qualifier === undefined) return absent('no alias or version was named')
  if (functionExists.state === 'known' && !functionExists.value)
    return absent(`function ${address.name} does not exist`)
  return functionExists.state === 'known' ? existence(fact, undefined) : functionExists
}

/** Nothing reads from a queue that does not exist, unless a mapping was left behind. */
export function consumers(queue: Fact<Queue>, mappings: Fact<readonly Mapping[]>): Fact<readonly Mapping[]> {
  if (queue.state !== 'absent') return mappings
  return mappings.state === 'known' && mappings.value.length > 0 ? mappings : queue
}

export function deadLetterExistence(queue: Fact<Queue>, deadLetterQueue: Fact<unknown>): Fact<boolean> {
  if (queue.state !== 'known') return queue
  if (queue.value.redrive === null) return absent(`queue ${queue.value.name} has no dead-letter queue`)
  return existence(deadLetterQueue, undefined)
}
