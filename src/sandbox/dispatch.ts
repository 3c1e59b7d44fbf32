import { authorize } from './authorize.js'
import { AwsFault } from './aws-fault.js'
import type { CallLog } from './call-log.js'
import type { Action, Call, Connection, Service } from './define-action.js'
import { type FaultEffect, type Faults, type RequestMarks, throttling } from './faults.js'
import { authenticate } from './iam/access-keys.js'
import { awsJson } from './protocols/aws-json.js'
import type { Protocol, Routed, WireAnswer, WireRequest } from './protocols/protocol.js'
import { queryXml } from './protocols/query-xml.js'
import { restJson } from './protocols/rest-json.js'
import type { RawInput } from './raw-input.js'
import { refuseEntries } from './refuse-entries.js'
import type { World } from './world.js'

const protocols: readonly Protocol[] = [awsJson, queryXml, restJson]

export interface Desk {
  readonly world: World
  readonly actions: readonly Action[]
  readonly faults: Faults
  readonly calls: CallLog
}

/** What the server does with a request: send the answer, break it off in the middle, say nothing, or drop the line. */
export type Reply =
  | { readonly kind: 'send' | 'cut'; readonly answer: WireAnswer }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }

/** One request to a service: who asks, may they, what comes of it. Never throws. */
export async function dispatch(
  desk: Desk,
  request: WireRequest,
  requestId: string,
  connection: Connection,
): Promise<Reply> {
  const startedAt = performance.now()
  const scope = credentialScope(request)
  const { protocol, routed } = route(desk.actions, request, scope?.service)
  const record = (status: number, more: { code?: string; problem?: string; principal?: string } = {}) =>
    desk.calls.add({
      requestId,
      ...(routed && { service: routed.service }),
      operation: routed?.operation ?? `${request.method} ${request.path}`,
      ...(scope && { region: scope.region }),
      status,
      ...more,
      startedAt,
      endedAt: performance.now(),
    })
  let principal: string | undefined

  try {
    if (!routed) throw notServed(request)
    const effect = desk.faults.take(routed.service, routed.operation, marksOf(request))
    const replaced = await applyEffect(effect, routed.service, desk.world, connection)
    if (replaced) {
      record('answer' in replaced ? replaced.answer.status : 0, { code: `injected ${effect?.kind}` })
      return replaced
    }
    if (!scope) throw missingToken()
    const caller = authenticate(desk.world, routed.service, scope.accessKeyId)
    principal = caller.arn
    const call: Call = { world: desk.world, principal: caller, region: scope.region, requestId, connection }
    const answer = protocol.answer(routed, await perform(routed, call, effect), requestId)
    record(answer.status, { principal })
    if (effect?.kind === 'reset') return { kind: 'reset' }
    return { kind: effect?.kind === 'cut' ? 'cut' : 'send', answer }
  } catch (error) {
    const fault = error instanceof AwsFault ? error : ownFailure(error)
    const problem =
      error instanceof AwsFault ? {} : { problem: String(error instanceof Error ? error.stack : error) }
    record(fault.status, { code: fault.code, ...problem, ...(principal === undefined ? {} : { principal }) })
    const answer = protocol.fault(routed?.service ?? 'lambda', fault, requestId)
    const unrecorded = fault.recorded ? {} : { 'x-sqs-trigger-sandbox': 'unrecorded-text' }
    return {
      kind: 'send',
      answer: { ...answer, headers: { ...answer.headers, ...fault.headers, ...unrecorded } },
    }
  }
}

/** Decode, ask for each permission in order, run. */
async function perform(routed: Routed, call: Call, effect: FaultEffect | undefined): Promise<unknown> {
  const { action } = routed
  if (!action) throw unknownOperation(routed)
  const run = async (raw: RawInput) => {
    const input = action.decode(raw)
    for (const permission of action.needs(input, call)) authorize(call, permission, action.service)
    return action.run(input, call)
  }
  return effect?.kind === 'entries' ? refuseEntries(routed.read(), effect, run) : run(routed.read())
}

function route(actions: readonly Action[], request: WireRequest, signedFor: string | undefined) {
  for (const protocol of protocols) {
    const routed = protocol.route(request, actions)
    if (routed) return { protocol, routed }
  }
  // The error at least comes in the form that the client of this service can read.
  const protocol = speaksQuery(signedFor) ? queryXml : restJson
  return { protocol, routed: undefined }
}

/** SDKs send it since they repeat calls by themselves. */
function marksOf({ headers }: WireRequest): RequestMarks {
  const id = headers['amz-sdk-invocation-id']
  return { invocationId: typeof id === 'string' ? id : undefined }
}

/** Who signs, for which Region and service: Credential=<access key id>/<date>/<region>/<service>/aws4_request. */
function credentialScope(request: WireRequest) {
  const header = request.headers.authorization ?? ''
  const [, accessKeyId, region, service] = /Credential=([^/\s]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(header) ?? []
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined
}

async function applyEffect(
  effect: FaultEffect | undefined,
  service: Service,
  world: World,
  connection: Connection,
): Promise<Reply | undefined> {
  switch (effect?.kind) {
    case 'throttle':
      throw throttling(service)
    case 'error':
      throw new AwsFault(effect.code, effect.message, {
        status: effect.status ?? 400,
        ...(effect.queryCode === undefined ? {} : { queryCode: effect.queryCode }),
      })
    case 'hang':
      return { kind: 'hang' }
    case 'reset':
      return effect.when === 'before' ? { kind: 'reset' } : undefined
    case 'html': {
      const body =
        '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>'
      const headers = { 'content-type': 'text/html; charset=utf-8' }
      return { kind: 'send', answer: { status: effect.status ?? 200, headers, body } }
    }
    case 'delay': {
      const unpark = connection.park()
      await new Promise<void>((resolve) => world.clock.after(effect.ms, resolve))
      unpark()
      return undefined
    }
    default:
      return undefined
  }
}

const notServed = (request: WireRequest) => {
  const oldSqs = request.body.includes('Version=2012-11-05')
  const message = oldSqs
    ? 'The sandbox speaks SQS in JSON, as SDKs do since 2023; this client sends the older query form.'
    : `The sandbox serves SQS, Lambda, IAM, STS, KMS, CloudWatch, CloudWatch Logs, CloudFormation and GetResources of the tagging API; ${request.method} ${request.path} belongs to none of them.`
  return new AwsFault('UnknownOperationException', message, { status: 404, recorded: false })
}

const speaksQuery = (service: string | undefined) =>
  service === 'iam' || service === 'sts' || service === 'cloudformation'

const unknownOperation = ({ service, operation }: Routed) =>
  new AwsFault(
    speaksQuery(service) ? 'InvalidAction' : 'UnknownOperationException',
    `The sandbox does not know the operation ${operation} of ${service}.`,
    { status: service === 'lambda' ? 404 : 400, recorded: false },
  )

const missingToken = () =>
  new AwsFault('MissingAuthenticationTokenException', 'The request carries no signature.', {
    status: 403,
    recorded: false,
  })

const ownFailure = (error: unknown) =>
  new AwsFault(
    'InternalFailure',
    `The sandbox itself failed: ${error instanceof Error ? error.message : error}`,
    {
      status: 500,
      recorded: false,
    },
  )
