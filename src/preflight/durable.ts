import type { LambdaFunction } from '../aws/lambda-function.js'
import { limits } from '../limits.js'

type Settings = Pick<LambdaFunction, 'timeoutSeconds' | 'durable' | 'managedInstances'>

/** Seconds that a durable execution begun by a mapping may take at most. */
export function durableLimitSeconds({ managedInstances }: Pick<Settings, 'managedInstances'>): number {
  return managedInstances
    ? limits.durableExecutionMaximumOnManagedInstances.value
    : limits.durableExecutionMaximum.value
}

/** Seconds for which the function may hold a batch: of a durable one Lambda awaits the whole execution. */
export function longestRunSeconds(settings: Settings): number {
  const { timeoutSeconds, durable } = settings
  if (durable === null) return timeoutSeconds
  const limit = durableLimitSeconds(settings)
  return Math.max(timeoutSeconds, Math.min(durable.executionTimeoutSeconds ?? limit, limit))
}
