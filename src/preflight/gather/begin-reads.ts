import { type QueueAddress, queueAddress, readFunctionReference, readQueueReference } from '../../arn.js'
import type { Clients } from '../../aws/clients.js'
import { type FunctionHandle, readFunction, readReservedConcurrency } from '../../aws/lambda-function.js'
import { readQueue } from '../../aws/queue.js'
import { resolveFunction } from '../../aws/resolve-target.js'
import { partitionOf } from '../../partition.js'
import { readAsFact } from '../fact.js'
import { readMappings } from './read-mappings.js'
import type { BegunReads, FunctionReads, QueueReads } from './reads.js'

/**
 * Asks, before STS has said who the caller is, for what does not need that: a function, because a bare name is the
 * caller's own, and a queue whose account is written. Where one of them is elsewhere, nothing is asked.
 * @throws SqsTriggerError USAGE for a malformed reference
 */
export function beginEarly(
  clients: Clients,
  ends: { readonly queue: string; readonly function: string },
): BegunReads {
  const queue = queueBefore(ends.queue)
  const target = functionBefore(clients, ends.function)
  const { region } = clients
  const isElsewhere = (end: Partial<Pick<QueueAddress, 'region' | 'partition'>>) =>
    (end.region ?? region) !== region ||
    (end.partition ?? partitionOf(region).name) !== partitionOf(region).name
  if ([queue ?? {}, target].some(isElsewhere)) return {}
  const ofFunction = beginFunctionReads(clients, target)
  const ofQueue = queue && beginQueueReads(clients, queue)
  return { ofFunction, ...(ofQueue === undefined ? {} : { ofQueue }) }
}

/** Starts the two reads that need nothing but the function's name. */
export function beginFunctionReads(clients: Clients, handle: FunctionHandle): FunctionReads {
  return readAhead({
    lambdaFunction: readAsFact(readFunction(clients, handle), { essential: true }),
    reservedConcurrency: readAsFact(readReservedConcurrency(clients, handle)),
  })
}

/** Starts the two reads that need nothing but the queue's address. */
function beginQueueReads(clients: Clients, queue: QueueAddress): QueueReads {
  return readAhead({
    queue: readQueueFact(clients, queue),
    mappings: readMappings(clients, { queueArn: queue.arn }),
  })
}

/**
 * Reads whose answers may turn out not to be needed: then nobody hears how they failed. Should the caller turn out to be
 * nobody, they fail too, and that was said already.
 */
export function readAhead<Reads extends Readonly<Record<keyof Reads, Promise<unknown>>>>(
  reads: Reads,
): Reads {
  const all: readonly Promise<unknown>[] = Object.values(reads)
  for (const read of all) read.catch(() => undefined)
  return reads
}

export const readQueueFact = (clients: Clients, queue: QueueAddress) =>
  readAsFact(readQueue(clients, queue), { essential: true })

/** undefined: its name, or a URL that does not say where, is the queue of an account that nobody knows yet. */
function queueBefore(text: string): QueueAddress | undefined {
  const reference = readQueueReference(text)
  if (reference.kind === 'arn') return reference.address
  if (reference.kind === 'name' || reference.region === undefined) return undefined
  const { account, name, region } = reference
  return queueAddress({ partition: partitionOf(region).name, region, account, name })
}

function functionBefore(
  clients: Clients,
  text: string,
): FunctionHandle & { readonly region?: string; readonly partition?: string } {
  const reference = readFunctionReference(text)
  if (reference.kind !== 'name') return resolveFunction(clients, text, '')
  const { name, qualifier } = reference
  return qualifier === undefined ? { name } : { name, qualifier }
}
