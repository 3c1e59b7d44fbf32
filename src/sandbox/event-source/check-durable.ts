import { AwsFault } from '../aws-fault.js'
import type { FunctionReference } from '../function-reference.js'
import { integer } from '../members.js'
import type { TargetFunction } from './target-function.js'

/** Seconds. https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html */
export const durableLimits = { standard: 900, managedInstances: 5_400 } as const

/**
 * Throws AwsFault for a durable function whose executions may take longer than a mapping waits, or that is named
 * without version or alias. That both are wrong is documented; in which words AWS says so is not recorded.
 */
export function refuseDurable(
  { durable, managedInstances }: TargetFunction,
  { qualifier }: FunctionReference,
): void {
  if (durable === undefined) return
  const limit = managedInstances ? durableLimits.managedInstances : durableLimits.standard
  const executionTimeout = integer(durable, 'ExecutionTimeout') ?? 0
  if (executionTimeout > limit)
    throw refuse(`The durable execution timeout of ${executionTimeout} seconds is above ${limit} seconds.`)
  if (qualifier === undefined) throw refuse('A durable function must be named by version or alias.')
}

const refuse = (message: string) =>
  new AwsFault('InvalidParameterValueException', message, { recorded: false })
