import { timingSafeEqual } from 'node:crypto'
import { AwsFault } from './aws-fault.js'
import { type Service, services } from './define-action.js'
import type { Desk, Reply } from './dispatch.js'
import type { FaultEffect, FaultOrder } from './faults.js'
import { isObject, parseJsonObject, toJson } from './protocols/json-body.js'
import type { WireRequest } from './protocols/protocol.js'
import { type SeedStep, seed } from './seed.js'

export const controlPrefix = '/_sandbox/'

export interface Control extends Desk {
  /** Where seed steps go that name no Region. */
  readonly region: string
  readonly key: string
  advance(ms: number): Promise<void>
  settled(): Promise<void>
}

type Route = (control: Control, body: Readonly<Record<string, unknown>>, query: URLSearchParams) => unknown

/**
 * The control endpoint: for programs that run in another process than the sandbox. Every request carries the key
 * that was printed at start in `x-sandbox-key`; bodies and answers are JSON.
 */
const routes: Readonly<Record<string, Route>> = {
  'GET clock': ({ world }) => ({ now: world.clock.now() }),
  /** { "advance": milliseconds } */
  'POST clock': async ({ advance, world }, body) => {
    const ms = body.advance
    if (typeof ms !== 'number' || !(ms >= 0)) throw invalid('advance: a number of milliseconds, 0 or more')
    await advance(ms)
    return { now: world.clock.now() }
  },
  /** Waits until nothing is under way. */
  'POST settled': async ({ settled }) => {
    await settled()
    return { settled: true }
  },
  'GET faults': ({ faults }) => ({ faults: faults.list() }),
  /** { "service"?, "operation"?, "times"?, "effect": { "kind": … } } */
  'POST faults': ({ faults }, body) => faults.inject(readFault(body)),
  /** ?id=… or all of them */
  'DELETE faults': ({ faults }, _body, query) => {
    faults.clear(query.get('id') ?? undefined)
    return { faults: faults.list() }
  },
  'GET calls': ({ calls }) => ({ calls: calls.list() }),
  'DELETE calls': ({ calls }) => {
    calls.clear()
    return { calls: [] }
  },
  /** { "steps": [{ "service", "operation", "input", "account"?, "region"? }] } */
  'POST seed': async (control, body) => ({ outputs: await seed(control, readSteps(body.steps)) }),
}

/** Answers a request below /_sandbox/. Never throws. */
export async function answerControl(control: Control, request: WireRequest): Promise<Reply> {
  if (!sameKey(request.headers['x-sandbox-key'], control.key)) {
    return reply(403, {
      message: 'Send the key that the sandbox printed at start in the header x-sandbox-key.',
    })
  }
  const name = `${request.method} ${request.path.slice(controlPrefix.length).replace(/\/$/, '')}`
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined
  if (!route)
    return reply(404, { message: `No such control: ${name}. There are: ${Object.keys(routes).join(', ')}` })
  try {
    return reply(200, await route(control, parseJsonObject(request.body), request.query))
  } catch (error) {
    if (error instanceof AwsFault) return reply(error.status, { code: error.code, message: error.message })
    return reply(500, { message: error instanceof Error ? error.message : String(error) })
  }
}

function reply(status: number, value: unknown): Reply {
  return {
    kind: 'send',
    answer: { status, headers: { 'content-type': 'application/json' }, body: toJson(value) },
  }
}

function sameKey(given: string | string[] | undefined, key: string): boolean {
  const bytes = Buffer.from(String(given))
  const wanted = Buffer.from(key)
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
}

const isService = (value: unknown): value is Service => services.some((service) => service === value)

function readFault(body: Readonly<Record<string, unknown>>): FaultOrder {
  const { service, operation, times } = body
  if (service !== undefined && !isService(service)) throw invalid(`service: one of ${services.join(', ')}`)
  if (operation !== undefined && typeof operation !== 'string')
    throw invalid('operation: a name such as SendMessage')
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0))
    throw invalid('times: 1 or more')
  return {
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    ...(times === undefined ? {} : { times: Number(times) }),
    effect: readEffect(body.effect),
  }
}

function readEffect(effect: unknown): FaultEffect {
  if (isObject(effect)) {
    const { kind, code, message, ms } = effect
    const status = typeof effect.status === 'number' ? { status: effect.status } : {}
    if (kind === 'throttle' || kind === 'hang' || kind === 'cut') return { kind }
    if (kind === 'reset' && (effect.when === 'before' || effect.when === 'after')) {
      return { kind, when: effect.when }
    }
    if (kind === 'html') return { kind, ...status }
    if (kind === 'delay' && typeof ms === 'number' && ms >= 0) return { kind, ms }
    if (kind === 'entries' && isPositions(effect.positions) && typeof code === 'string') {
      const senderFault = effect.senderFault === true
      return { kind, positions: effect.positions, code, message: String(message ?? ''), senderFault }
    }
    if (kind === 'error' && typeof code === 'string' && typeof message === 'string') {
      const queryCode = typeof effect.queryCode === 'string' ? { queryCode: effect.queryCode } : {}
      return { kind, code, message, ...status, ...queryCode }
    }
  }
  throw invalid(
    'effect: {kind: throttle|hang|cut|html}, {kind: reset, when: before|after}, {kind: delay, ms}, {kind: error, code, message, status?} or {kind: entries, positions, code, message, senderFault?}',
  )
}

const isPositions = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => Number.isInteger(item) && item >= 0)

function readSteps(steps: unknown): readonly SeedStep[] {
  const wanted = 'steps: a list of {service, operation, input?, account?, region?}'
  if (!Array.isArray(steps)) throw invalid(wanted)
  return steps.map((step: unknown) => {
    if (!isObject(step) || !isService(step.service) || typeof step.operation !== 'string')
      throw invalid(wanted)
    return {
      service: step.service,
      operation: step.operation,
      input: isObject(step.input) ? step.input : {},
      ...(typeof step.account === 'string' ? { account: step.account } : {}),
      ...(typeof step.region === 'string' ? { region: step.region } : {}),
    }
  })
}

const invalid = (message: string) => new AwsFault('InvalidRequest', message, { recorded: false })
