import { createClients } from '../aws/clients.js'
import { SqsTriggerError } from '../errors.js'
import { runPreflight } from '../preflight/run-preflight.js'
import { applyChange } from './apply-change.js'
import { systemClock } from './clock.js'
import type { Connection, ConnectSettings } from './connection.js'
import { listMappings } from './list.js'
import type { WireInput, WireRequest } from './requests.js'
import { sendMessages } from './send.js'
import type { Session } from './session.js'
import { readStatus } from './status.js'
import { applyUnwiring, planUnwiring } from './unwire.js'
import { waitFor } from './wait.js'
import { applyWiring, planWiring, wire } from './wire.js'

/**
 * Connects to AWS: settles Region, profile and endpoint as aws-cli does. No call is made yet.
 * @throws SqsTriggerError UNKNOWN_PROFILE, NO_REGION or USAGE
 */
export async function connect(settings: ConnectSettings = {}): Promise<Connection> {
  const { signal = new AbortController().signal, env = {}, ...rest } = settings
  const clients = await createClients({ ...rest, env }).catch((error: unknown) => {
    throw settings.env === undefined ? withoutEnvironment(error) : error
  })
  const session: Session = { clients, clock: systemClock, signal }
  return {
    region: clients.region,
    profile: clients.profile,
    endpoint: clients.endpoint,
    preflight: (request) => runPreflight(complete(request), session),
    plan: (request, options) => planWiring(complete(request), session, options),
    apply: (plan, options = {}) => applyWiring(plan, options, session),
    wire: (request, options = {}) => wire(complete(request), options, session),
    list: (request = {}) => listMappings(request, session),
    status: (reference, functionName) => readStatus(reference, functionName, session),
    wait: (request) => waitFor(request, session),
    send: (request) => sendMessages(request, session),
    planUnwiring: (reference, functionName) => planUnwiring(reference, functionName, session),
    applyUnwiring: (plan, options = {}) => applyUnwiring(plan, options, session),
    change: (change) => applyChange(change, session),
  }
}

function complete({ settings = {}, sendTest = false, ignore = [], ...ends }: WireInput): WireRequest {
  return { ...ends, settings, sendTest, ignore }
}

/** A program that gave no environment is told what to write, not what to type. */
function withoutEnvironment(error: unknown): unknown {
  if (!(error instanceof SqsTriggerError) || error.code !== 'NO_REGION') return error
  const hint = 'connect({ region }) or connect({ env: process.env })'
  return new SqsTriggerError(error.code, error.message, { hint, cause: error })
}
