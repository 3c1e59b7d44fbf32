import type { RestAnswer, RestBinding } from '../define-action.js'
import type { RawInput } from '../raw-input.js'
import { parseJsonObject, toJson } from './json-body.js'
import type { Protocol, WireRequest } from './protocol.js'

/** Lambda's paths all begin with the date of their API version. */
const datedPath = /^\/20\d\d-\d\d-\d\d\//

/** Errors whose text AWS sends as `Message`; all others use `message`. */
const capitalised: ReadonlySet<string> = new Set([
  'ResourceNotFoundException',
  'ResourceInUseException',
  'ServiceException',
  'AccessDeniedException',
])

/** Errors that stand in no API model and come without `Type`. */
const withoutType: ReadonlySet<string> = new Set(['ValidationException', 'AccessDeniedException'])

/** restJson1, spoken by Lambda: the operation follows from method and path. */
export const restJson: Protocol = {
  route: (request, actions) => {
    if (!datedPath.test(request.path)) return undefined
    const labelled = actions.flatMap((action) => {
      const labels = action.rest && matchPath(action.rest, request)
      return labels ? [{ action, rest: action.rest, labels }] : []
    })
    const match = labelled.find(
      ({ rest, labels }) => rest?.takes === undefined || rest.takes(readOutsideBody(rest, request, labels)),
    )
    return {
      service: 'lambda',
      operation: match?.action.name ?? `${request.method} ${request.path}`,
      action: match?.action,
      read: () => (match?.rest ? readAll(match.rest, request, match.labels) : {}),
    }
  },

  answer: (routed, output) => {
    const rest = routed.action?.rest
    if (rest?.raw) return rawAnswer(output as RestAnswer) // what `raw` promises in RestBinding
    const status = rest?.status ?? 200
    return {
      status,
      headers: { 'content-type': 'application/json' },
      body: status === 204 ? '' : toJson(output),
    }
  },

  fault: (_service, fault) => ({
    status: fault.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': fault.code },
    body: toJson({
      ...(withoutType.has(fault.code) ? {} : { Type: fault.status >= 500 ? 'Service' : 'User' }),
      [capitalised.has(fault.code) ? 'Message' : 'message']: fault.message,
      ...fault.members,
    }),
  }),
}

function rawAnswer({ status, headers, body }: RestAnswer) {
  const bytes = typeof body === 'string' || body instanceof Uint8Array
  return {
    status,
    headers: bytes ? { ...headers } : { 'content-type': 'application/json', ...headers },
    body: bytes ? body : body === undefined ? '' : toJson(body),
  }
}

/** The labels of the path by name, or undefined where it is another path. */
function matchPath(rest: RestBinding, request: WireRequest): Record<string, string> | undefined {
  if (rest.method !== request.method) return undefined
  const wanted = segments(rest.path)
  const given = segments(request.path)
  if (wanted.length !== given.length) return undefined
  const labels: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ''
    if (segment.startsWith('{')) labels[segment.slice(1, -1)] = decode(value)
    else if (segment !== value) return undefined
  }
  return labels
}

function segments(path: string): readonly string[] {
  return path.replace(/\/$/, '').split('/')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function readAll(rest: RestBinding, request: WireRequest, labels: RawInput): RawInput {
  const body = rest.payload ? { [rest.payload]: request.body } : parseJsonObject(request.body)
  return { ...body, ...readOutsideBody(rest, request, labels) }
}

function readOutsideBody(rest: RestBinding, request: WireRequest, labels: RawInput): RawInput {
  const lists = Object.entries(rest.lists ?? {}).flatMap(([wire, member]) =>
    request.query.has(wire) ? [[member, request.query.getAll(wire)] as const] : [],
  )
  const single = [...request.query].filter(([name]) => !Object.hasOwn(rest.lists ?? {}, name))
  const headers = Object.entries(rest.headers ?? {}).flatMap(([name, member]) => {
    const value = request.headers[name]
    return value === undefined ? [] : [[member, value] as const]
  })
  return { ...Object.fromEntries(single), ...Object.fromEntries([...lists, ...headers]), ...labels }
}
