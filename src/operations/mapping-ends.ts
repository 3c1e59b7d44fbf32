import {
  type FunctionAddress,
  functionAddress,
  parseArn,
  type QueueAddress,
  queueAddress,
  readFunctionReference,
  readQueueReference,
} from '../arn.js'
import type { FunctionHandle } from '../aws/lambda-function.js'
import type { Mapping } from '../mapping.js'
import type { CallContext } from './events.js'

/**
 * The address that a queue reference stands for, here. Nothing is asked of SQS: mappings outlive their queues,
 * and must be found all the same.
 * @throws SqsTriggerError USAGE when the text is no queue.
 */
export function queueHere(text: string, { partition, region, account }: CallContext): QueueAddress {
  const reference = readQueueReference(text)
  if (reference.kind === 'arn') return reference.address
  if (reference.kind === 'name') return queueAddress({ partition, region, account, name: reference.name })
  return queueAddress({
    partition,
    region: reference.region ?? region,
    account: reference.account,
    name: reference.name,
  })
}

/** The address that a function reference stands for, here. @throws SqsTriggerError USAGE when the text is no function. */
export function functionHere(text: string, { partition, region, account }: CallContext): FunctionAddress {
  const reference = readFunctionReference(text)
  if (reference.kind === 'arn') return reference.address
  const owner = reference.kind === 'partial-arn' ? reference.account : account
  return functionAddress({
    partition,
    region,
    account: owner,
    name: reference.name,
    qualifier: reference.qualifier,
  })
}

/** Does the mapping call this function? Without a qualifier every alias and version of it counts. */
export function callsFunction(mapping: Mapping, address: FunctionAddress): boolean {
  if (address.qualifier !== undefined) return mapping.functionArn === address.arn
  return (
    mapping.functionArn === address.unqualifiedArn ||
    mapping.functionArn.startsWith(`${address.unqualifiedArn}:`)
  )
}

/** The queue that a mapping or a redrive policy names; null when that is no ARN. */
export function queueAt(queueArn: string): QueueAddress | null {
  const arn = parseArn(queueArn)
  return arn ? queueAddress({ ...arn, name: arn.resource }) : null
}

/** The function that a mapping names, with its qualifier. */
export function functionAt(functionArn: string): FunctionHandle {
  const reference = readFunctionReference(functionArn)
  return reference.kind === 'arn' ? reference.address : reference
}
