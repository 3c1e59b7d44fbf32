import { randomUUID } from 'node:crypto'
import { AwsFault } from '../aws-fault.js'
import type { World } from '../world.js'
import { type FoundFunction, lookUpFunction, notFound } from './find-function.js'
import { isPending, wake } from './function-state.js'
import { measureInvocation, measureThrottle } from './invocation-metrics.js'
import { poolOf } from './pool.js'
import { runInPlace } from './run-in-place.js'
import { isTenantIsolated } from './settings.js'

/** What became of an invocation. */
export type Invocation =
  | {
      readonly kind: 'completed'
      readonly requestId: string
      /** JSON text: the handler's answer, or the error. */
      readonly payload: string
      readonly functionError?: 'Unhandled'
      /** Last 4 KB of its log. */
      readonly logTail: string
      readonly executedVersion: string
    }
  | { readonly kind: 'throttled' }

export interface InvokeOptions {
  /** JSON text for context.clientContext. */
  readonly clientContext?: string
  readonly requestId?: string
  /** What a function with tenant isolation asks for. Tenants share processes here. */
  readonly tenantId?: string
}

/**
 * Runs a function once, with an event, and waits for its end. `functionArn` is a full ARN, with or without a
 * qualifier. Throws AwsFault when the function is gone (404) or still Pending (409).
 */
export async function invokeFunction(
  world: World,
  functionArn: string,
  event: unknown,
  options: InvokeOptions = {},
): Promise<Invocation> {
  const found = lookUpFunction(world, functionArn)
  if (!found) throw notFound(`Function not found: ${functionArn}`)
  return invokeFound(world, found, JSON.stringify(event) ?? 'null', options)
}

/** As `invokeFunction`, for a function that was found already and an event that is JSON text. */
export async function invokeFound(
  world: World,
  found: FoundFunction,
  payload: string,
  options: InvokeOptions = {},
): Promise<Invocation> {
  const { fn, version, arn } = found
  const blocked = isPending(version, world.clock.now()) ? 'Pending' : version.forcedState?.state
  if (blocked !== undefined && blocked !== 'Active') {
    if (blocked === 'Inactive') wake(fn, version, world.clock.now() + world.delays.functionActivation)
    throw new AwsFault(
      'ResourceConflictException',
      `The operation cannot be performed at this time. The function is currently in the following state: ${blocked}`,
      { status: 409, recorded: false },
    )
  }
  const { runtime } = version.settings
  if (!runtime.startsWith('nodejs')) return notRunnable(runtime, version.version, options.requestId)
  if (isTenantIsolated(version) && options.tenantId === undefined) throw tenantMissing()
  const pool = poolOf(world, fn)
  if (pool.invocations >= (fn.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
    measureThrottle(world, found)
    return { kind: 'throttled' }
  }

  const requestId = options.requestId ?? randomUUID()
  const run = async (): Promise<Invocation> => {
    const startedAt = world.clock.now()
    const concurrency = pool.invocations + 1
    const place = await pool.take(version)
    try {
      const { clientContext } = options
      const { durationMs, ...end } = await runInPlace(world, place, {
        requestId,
        payload,
        functionArn: arn,
        ...(clientContext === undefined ? {} : { clientContext }),
      })
      const failed = end.functionError !== undefined
      measureInvocation(world, found, { startedAt, failed, durationMs, concurrency })
      return { kind: 'completed', requestId, executedVersion: version.version, ...end }
    } finally {
      await pool.giveBack(place)
    }
  }
  return tracked(world, pool, run())
}

/** A mapping names no tenant, so that its batches end here. https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html */
const tenantMissing = () =>
  new AwsFault('InvalidParameterValueException', 'The function needs a tenant id for each invocation.', {
    recorded: false,
  })

/** Functions of other runtimes can be made, looked at and wired. AWS has no such error: it is the sandbox's own. */
function notRunnable(runtime: string, executedVersion: string, requestId: string = randomUUID()): Invocation {
  return {
    kind: 'completed',
    requestId,
    executedVersion,
    payload: JSON.stringify({
      errorType: 'Runtime.NotSupported',
      errorMessage: `the sandbox runs handlers for Node.js only, not ${runtime}`,
    }),
    functionError: 'Unhandled',
    logTail: '',
  }
}

/** Counts an invocation for as long as it is under way. */
async function tracked<Answer>(
  world: World,
  counter: { invocations: number },
  running: Promise<Answer>,
): Promise<Answer> {
  const over = world.activity?.begin()
  counter.invocations += 1
  world.lambda.running.add(running)
  try {
    return await running
  } finally {
    world.lambda.running.delete(running)
    counter.invocations -= 1
    over?.()
  }
}
