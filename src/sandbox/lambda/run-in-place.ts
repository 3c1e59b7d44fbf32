import type { World } from '../world.js'
import { deadlineAfter } from './deadline.js'
import type { Beginning, Exited } from './execution-environment.js'
import type { ErrorPayload, HandlerAnswer } from './handler-messages.js'
import type { Report } from './log-lines.js'
import { responseBytes } from './place.js'
import type { Place } from './state.js'

export interface RunRequest {
  readonly requestId: string
  readonly payload: string
  readonly functionArn: string
  readonly clientContext?: string
}

export interface RunEnd {
  /** JSON text. */
  readonly payload: string
  readonly functionError?: 'Unhandled'
  readonly logTail: string
  readonly durationMs: number
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const initTimeoutMs = 10_000

type Ending = HandlerAnswer | Exited | { readonly kind: 'timed-out' }

/** One invocation in one environment, with the lines that Lambda writes around the handler's own. */
export async function runInPlace(world: World, place: Place, request: RunRequest): Promise<RunEnd> {
  const { environment, lines, log, version } = place
  const { timeoutSeconds } = version.settings
  log.begin()
  const cold = !place.warm
  if (cold) log.write(lines.initStart(place.runtime))
  const beginning = await within(world, initTimeoutMs, world.handlerGrace.init, environment.ready)
  const initMs = cold ? performance.now() - place.startedAt : undefined
  if (beginning.kind !== 'ready') return failInit(world, place, request, beginning, initMs ?? 0)
  place.warm = true

  log.write(lines.start(request.requestId, version.version))
  const startedAt = performance.now()
  const remainingMs = timeoutSeconds * 1000
  const ending: Ending = await within(
    world,
    remainingMs,
    world.handlerGrace.invocation,
    environment.invoke({ kind: 'invoke', remainingMs, ...request }),
  )
  if (ending.kind === 'timed-out') await environment.kill()
  const durationMs = ending.kind === 'timed-out' ? remainingMs : performance.now() - startedAt
  if (ending.kind === 'timed-out') log.write(lines.timedOut(isoNow(world), request.requestId, timeoutSeconds))
  if (ending.kind === 'exited') log.write(lines.exited(request.requestId, ending.reason))
  finish(place, request, ending, { durationMs, initMs })
  return { ...answerOf(ending, request, timeoutSeconds), logTail: log.tail(), durationMs }
}

function finish(
  { lines, log, version }: Place,
  { requestId }: RunRequest,
  ending: Ending,
  times: Pick<Report, 'durationMs' | 'initMs'>,
): void {
  log.write(lines.end(requestId))
  log.write(
    lines.report({
      requestId,
      ...times,
      memorySizeMb: version.settings.memoryMb,
      memoryUsedMb: 'memoryMb' in ending ? Math.min(ending.memoryMb, version.settings.memoryMb) : 0,
      status: ending.kind === 'done' ? 'success' : ending.kind === 'timed-out' ? 'timeout' : 'error',
      ...(ending.kind === 'exited' ? { errorType: 'Runtime.ExitError' } : {}),
    }),
  )
}

/** The code did not load: every invocation tries again, and says so. */
async function failInit(
  world: World,
  place: Place,
  request: RunRequest,
  beginning: Exclude<Beginning, { kind: 'ready' }> | { readonly kind: 'timed-out' },
  initMs: number,
): Promise<RunEnd> {
  const { lines, log, version } = place
  await place.environment.kill()
  const { timeoutSeconds, memoryMb } = version.settings
  const ending: ErrorPayload =
    beginning.kind === 'init-failed' ? beginning.error : errorOf(beginning, request.requestId, timeoutSeconds)
  const status = beginning.kind === 'timed-out' ? 'timeout' : 'error'
  const errorType = beginning.kind === 'timed-out' ? {} : { errorType: ending.errorType }
  log.write(lines.initReport({ initMs, status, ...errorType }))
  log.write(lines.start(request.requestId, version.version))
  if (status === 'timeout') log.write(lines.timedOut(isoNow(world), request.requestId, timeoutSeconds))
  if (beginning.kind === 'exited') log.write(lines.exited(request.requestId, beginning.reason))
  log.write(lines.end(request.requestId))
  log.write(
    lines.report({
      requestId: request.requestId,
      durationMs: initMs,
      initMs: undefined,
      memorySizeMb: memoryMb,
      memoryUsedMb: 0,
      status,
      ...errorType,
    }),
  )
  return {
    payload: JSON.stringify(ending),
    functionError: 'Unhandled',
    logTail: log.tail(),
    durationMs: initMs,
  }
}

function answerOf(
  ending: Ending,
  request: RunRequest,
  timeoutSeconds: number,
): Pick<RunEnd, 'payload' | 'functionError'> {
  switch (ending.kind) {
    case 'done':
      return { payload: ending.payload }
    case 'failed':
      return { payload: JSON.stringify(ending.error), functionError: 'Unhandled' }
    case 'too-large':
      return {
        payload: JSON.stringify({
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: `Response payload size exceeded maximum allowed payload size (${responseBytes} bytes).`,
        }),
        functionError: 'Unhandled',
      }
    default:
      return {
        payload: JSON.stringify(errorOf(ending, request.requestId, timeoutSeconds)),
        functionError: 'Unhandled',
      }
  }
}

/** What Lambda itself answers for a process that gave no answer. */
function errorOf(
  ending: Exited | { readonly kind: 'timed-out' },
  requestId: string,
  timeoutSeconds: number,
): ErrorPayload {
  return ending.kind === 'timed-out'
    ? {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      }
    : { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${ending.reason}` }
}

async function within<Answer>(
  world: World,
  ms: number,
  grantedMs: number,
  answer: Promise<Answer>,
): Promise<Answer | { readonly kind: 'timed-out' }> {
  const deadline = deadlineAfter(world.clock, ms, grantedMs)
  try {
    const first = await Promise.race([answer, deadline.passed])
    return first === 'passed' ? { kind: 'timed-out' } : first
  } finally {
    deadline.cancel()
  }
}

const isoNow = (world: World) => new Date(world.clock.now()).toISOString()
