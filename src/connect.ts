import { createClients } from './aws/clients.js'
import { systemClock } from './clock.js'
import type { Connection, ConnectSettings } from './connection.js'
import { SqsTriggerError } from './errors.js'
import { applyChange } from './operations/apply-change.js'
import { waitUntilDrained } from './operations/drain.js'
import { openFileJournal } from './operations/journal/file.js'
import { listMappings } from './operations/list.js'
import { readLogs } from './operations/logs.js'
import { applyMove, planMove } from './operations/move.js'
import { peekDeadLetters } from './operations/peek.js'
import { generatePolicies } from './operations/policy.js'
import { applyRedrive, planRedrive } from './operations/redrive.js'
import { applyRepair } from './operations/repair/apply.js'
import { planRepairs } from './operations/repair/plan.js'
import type { WireInput, WireRequest } from './operations/requests.js'
import { applyRollback, planRollback } from './operations/rollback.js'
import { runPreflight } from './operations/run-preflight.js'
import { sendMessages } from './operations/send.js'
import type { Session } from './operations/session.js'
import { readStatus } from './operations/status.js'
import { applyUnwiring, planUnwiring } from './operations/unwire.js'
import { applyUpdate, planUpdate } from './operations/update.js'
import { waitFor } from './operations/wait.js'
import { applyWiring, planWiring, wire } from './operations/wire.js'

/**
 * Connects to AWS: settles Region, profile and endpoint as aws-cli does. No call is made yet.
 * @throws SqsTriggerError UNKNOWN_PROFILE, NO_REGION or USAGE
 */
export async function connect(settings: ConnectSettings = {}): Promise<Connection> {
  const { signal = new AbortController().signal, env = {}, journalFolder, ...rest } = settings
  const clients = await createClients({ ...rest, env }).catch((error: unknown) => {
    throw settings.env === undefined ? withoutEnvironment(error) : error
  })
  const journal = journalFolder === undefined ? {} : { journal: openFileJournal(journalFolder) }
  const session: Session = { clients, clock: systemClock, signal, ...journal }
  return {
    region: clients.region,
    profile: clients.profile,
    endpoint: clients.endpoint,
    preflight: (request) => runPreflight(complete(request), session),
    plan: (request, options) => planWiring(complete(request), session, options),
    apply: (plan, options = {}) => applyWiring(plan, options, session),
    wire: (request, options = {}) => wire(complete(request), options, session),
    list: (request = {}) => listMappings(request, session),
    // Most programs look at one trigger.
    audit: async function* ({ regions = [], ...request } = {}) {
      const { audit } = await import('./fleet/audit.js')
      const open = async (region?: string) =>
        region === undefined ? clients : createClients({ ...rest, env, region })
      const account = { profile: clients.profile, roleArn: null, name: null, regions, open }
      return yield* audit({ ignore: [], ...request, accounts: [account] }, session)
    },
    policy: (request) => generatePolicies({ ...policyDefaults, ...request }, async () => session),
    status: (reference, functionName, options) => readStatus(reference, functionName, session, options),
    wait: (request) => waitFor(request, session),
    send: (request) => sendMessages(request, session),
    planRedrive: (request) => planRedrive(request, session),
    applyRedrive: (plan, options = {}) => applyRedrive(plan, options, session),
    peek: (request, count = 10) => peekDeadLetters(request, count, session),
    logs: (request) => readLogs(request, session),
    planUpdate: (request, options) => planUpdate(request, session, options),
    applyUpdate: (plan, options = {}) => applyUpdate(plan, options, session),
    planMove: (request, options) => planMove(request, session, options),
    applyMove: (plan, options = {}) => applyMove(plan, options, session),
    drain: (request) => waitUntilDrained(request, session),
    planUnwiring: (reference, functionName, options) =>
      planUnwiring(reference, functionName, session, options),
    applyUnwiring: (plan, options = {}) => applyUnwiring(plan, options, session),
    planRepairs: async function* (request, options = {}) {
      return yield* planRepairs(yield* runPreflight(complete(request), session), options, session)
    },
    applyRepair: (repair, before) => applyRepair(repair, session, before),
    planRollback: (journalId) => planRollback(journalId, session),
    applyRollback: (plan) => applyRollback(plan, session),
    // Nobody else needs CloudFormation.
    planQuickstart: async function* (request = {}) {
      return yield* (await import('./operations/quickstart.js')).planQuickstart(request, session)
    },
    applyQuickstart: async function* (plan, options = {}) {
      return yield* (await import('./operations/quickstart.js')).applyQuickstart(plan, options, session)
    },
    planQuickstartRemoval: async function* (name) {
      const { planQuickstartRemoval } = await import('./operations/quickstart/removal.js')
      return yield* planQuickstartRemoval(name === undefined ? {} : { name }, session)
    },
    applyQuickstartRemoval: async function* (plan, options = {}) {
      const { applyQuickstartRemoval } = await import('./operations/quickstart/removal.js')
      return yield* applyQuickstartRemoval(plan, options, session)
    },
    change: (change) => applyChange(change, session),
  }
}

const policyDefaults = { for: 'all', withFix: false, with: [], keyCondition: 'context' } as const

function complete({
  settings = {},
  sendTest = false,
  ignore = [],
  only = [],
  ...ends
}: WireInput): WireRequest {
  return { ...ends, settings, sendTest, ignore, only }
}

/** A program that gave no environment is told what to write, not what to type. */
function withoutEnvironment(error: unknown): unknown {
  if (!(error instanceof SqsTriggerError) || error.code !== 'NO_REGION') return error
  const hint = 'give the settings { region }, or { env: process.env }'
  return new SqsTriggerError(error.code, error.message, { hint, cause: error })
}
