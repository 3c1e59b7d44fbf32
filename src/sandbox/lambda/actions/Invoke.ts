import { AwsFault } from '../../aws-fault.js'
import { defineAction, type RestAnswer } from '../../define-action.js'
import { text } from '../../members.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'
import { type Invocation, invokeFound } from '../invoke.js'

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB; asynchronous 1 MB. */
const syncBytes = 6 * 1024 * 1024
const asyncBytes = 1024 * 1024

/**
 * RequestResponse, Event and DryRun. An Event is run once: the retries, dead-letter queue and destinations of
 * asynchronous invocation are not made here.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export default defineAction({
  service: 'lambda',
  name: 'Invoke',
  rest: {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/invocations',
    status: 200,
    headers: {
      'x-amz-invocation-type': 'InvocationType',
      'x-amz-log-type': 'LogType',
      'x-amz-client-context': 'ClientContext',
      'x-amz-tenant-id': 'TenantId',
    },
    payload: 'Payload',
    raw: true,
  },
  decode: (raw) => ({
    ...readTarget(raw),
    type: text(raw, 'InvocationType') ?? 'RequestResponse',
    withLog: text(raw, 'LogType') === 'Tail',
    clientContext: text(raw, 'ClientContext'),
    tenantId: text(raw, 'TenantId'),
    payload: raw.Payload instanceof Uint8Array ? raw.Payload : new Uint8Array(),
  }),
  needs: (input, call) => onFunction('lambda:InvokeFunction', input, call),
  run: async (input, call): Promise<RestAnswer> => {
    const found = findTarget(input, call)
    if (input.type === 'DryRun') return { status: 204 }
    const event = readEvent(input.payload, input.type === 'Event' ? asyncBytes : syncBytes)
    const options = {
      requestId: call.requestId,
      ...(input.clientContext === undefined ? {} : { clientContext: readContext(input.clientContext) }),
      ...(input.tenantId === undefined ? {} : { tenantId: input.tenantId }),
    }
    const running = invokeFound(call.world, found, event, options)
    if (input.type === 'Event') {
      // Nobody waits for an event: what becomes of it stands in the log.
      running.catch(() => {})
      return { status: 202 }
    }
    return answer(await running, input.withLog)
  },
})

function answer(invocation: Invocation, withLog: boolean): RestAnswer {
  if (invocation.kind === 'throttled') {
    throw new AwsFault('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
      headers: { 'retry-after': '1' },
    })
  }
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': invocation.executedVersion,
      ...(invocation.functionError ? { 'x-amz-function-error': invocation.functionError } : {}),
      ...(withLog ? { 'x-amz-log-result': Buffer.from(invocation.logTail).toString('base64') } : {}),
    },
    body: Buffer.from(invocation.payload),
  }
}

/** The event as JSON text; nothing at all stands for an empty object. */
function readEvent(payload: Uint8Array, most: number): string {
  if (payload.length > most) {
    throw new AwsFault(
      'RequestTooLargeException',
      `Request must be smaller than ${most} bytes for the InvokeFunction operation`,
      { status: 413, recorded: false },
    )
  }
  const event = payload.length === 0 ? '{}' : Buffer.from(payload).toString()
  if (!isJson(event)) {
    throw new AwsFault('InvalidRequestContentException', 'Could not parse request body into json', {
      recorded: false,
    })
  }
  return event
}

function readContext(encoded: string): string {
  const context = Buffer.from(encoded, 'base64').toString()
  if (isJson(context)) return context
  throw new AwsFault(
    'InvalidRequestContentException',
    'Client context must be a valid Base64-encoded JSON object.',
    {
      recorded: false,
    },
  )
}

function isJson(candidate: string): boolean {
  try {
    JSON.parse(candidate)
    return true
  } catch {
    return false
  }
}
