import { observe } from '../cloudwatch/observe.js'
import type { MetricUnit } from '../cloudwatch/state.js'
import type { World } from '../world.js'
import type { FoundFunction } from './find-function.js'

export interface MeasuredInvocation {
  /** Epoch milliseconds: all values of an invocation carry the time of its start. */
  readonly startedAt: number
  readonly failed: boolean
  readonly durationMs: number
  /** Invocations of the function under way at its start, itself included. */
  readonly concurrency: number
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function measureInvocation(world: World, found: FoundFunction, measured: MeasuredInvocation): void {
  const { startedAt, failed, durationMs, concurrency } = measured
  const send = (name: string, value: number, unit: MetricUnit = 'Count') =>
    observeAll(world, found, name, value, { unit, at: startedAt })
  send('Invocations', 1)
  send('Errors', failed ? 1 : 0)
  send('Throttles', 0)
  send('Duration', durationMs, 'Milliseconds')
  send('ConcurrentExecutions', concurrency)
}

/** An invocation that did not take place is no Invocation. */
export function measureThrottle(world: World, found: FoundFunction): void {
  observeAll(world, found, 'Throttles', 1, {})
}

/**
 * By function; by version or alias where one was named; by alias and the version behind it; and for all functions.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
function observeAll(
  world: World,
  { fn, version, qualifier }: FoundFunction,
  name: string,
  value: number,
  options: Parameters<typeof observe>[3],
): void {
  const byFunction = { FunctionName: fn.name }
  const byResource = { ...byFunction, Resource: `${fn.name}:${qualifier}` }
  const isAlias = qualifier !== undefined && fn.aliases.has(qualifier)
  const sets = [
    {},
    byFunction,
    ...(qualifier === undefined ? [] : [byResource]),
    ...(isAlias ? [{ ...byResource, ExecutedVersion: version.version }] : []),
  ]
  const { account, region } = fn
  for (const dimensions of sets) {
    observe(world, { account, region, namespace: 'AWS/Lambda', name, dimensions }, value, options)
  }
}
