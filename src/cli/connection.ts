import type { Clients, ConnectionSettings } from '../aws/clients.js'
import type { RenewSession } from '../aws/connection/renewal.js'
import type { FinishedCall } from '../aws/connection/watch-calls.js'
import { systemClock } from '../clock.js'
import { endpointFault, withoutUser } from '../endpoint-url.js'
import type { Session } from '../operations/session.js'
import { lazyJournal } from './files/journal.js'
import { withMeantName } from './misspelt.js'
import type { FromVariable } from './options/from-variable.js'
import type { GlobalValues } from './options/global-options.js'
import type { Host } from './streams.js'
import { quoted, usageError } from './usage-error.js'

/** How AWS is to be reached, as far as the command line says; environment and shared config fill the rest. */
export interface ConnectionChoices {
  readonly profile?: string
  readonly region?: string
  readonly endpointUrl?: string
  readonly caBundle?: string
  readonly connectTimeoutMs?: number
  readonly readTimeoutMs?: number
  /** Who says so, of what was not typed. */
  readonly saidBy?: Partial<Record<(typeof named)[number], string>>
}

const named = ['region', 'profile', 'endpointUrl', 'caBundle'] as const

/** @throws SqsTriggerError USAGE for an endpoint that is no http or https address, or that holds a password. */
export function connectionChoices(
  globals: GlobalValues,
  variables: readonly FromVariable[] = [],
): ConnectionChoices {
  const { profile, region, endpointUrl, caBundle, connectTimeout, readTimeout } = globals
  if (endpointUrl !== undefined) checkEndpoint(endpointUrl)
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
    ...(caBundle === undefined ? {} : { caBundle }),
    ...(connectTimeout === undefined ? {} : { connectTimeoutMs: connectTimeout }),
    ...(readTimeout === undefined ? {} : { readTimeoutMs: readTimeout }),
    saidBy: Object.fromEntries(
      variables
        .filter(({ name }) => named.some((one) => one === name))
        .map(({ name, variable }) => [name, variable]),
    ),
  }
}

/** What a session asks for and tells of. */
interface SessionTold {
  /** Where a person is there to type the code of a second factor. */
  readonly mfaCode?: (device: string) => Promise<string>
  /** Where a person is there to sign in again. */
  readonly renew?: RenewSession
  readonly onOpen: (clients: Clients) => void
  readonly onCall: (call: FinishedCall) => void
}

/** How a run reaches AWS. A person may change it on the way: another Region, or a session that was renewed. */
export interface Link {
  choices(): ConnectionChoices
  /** Made on the first call and kept. The SDK is loaded only now. */
  session(): Promise<Session>
  /** Clients of another Region, profile or role, beside those of the session. */
  clients(other: Beside): Promise<Clients>
  /** The next session is made anew, with new credentials, and with these choices in place of the old ones. */
  reconnect(changes?: ConnectionChoices): void
}

/** What is otherwise than for the session. */
export type Beside = Pick<ConnectionSettings, 'region' | 'profile' | 'credentials'>

export function openLink(
  typed: ConnectionChoices,
  { env, surroundings }: Pick<Host, 'env' | 'surroundings'>,
  signal: AbortSignal,
  told: SessionTold,
): Link {
  const wire = surroundings === undefined ? {} : { wire: surroundings.wire }
  let choices = typed
  let opened: Promise<Session> | undefined
  const create = async (asked: ConnectionChoices & Beside): Promise<Clients> => {
    const { createClients } = await import('../aws/clients.js')
    const clients = await createClients({ ...asked, ...told, ...wire, env }).catch((error: unknown) => {
      throw withMeantName(error, asked, env)
    })
    told.onOpen(clients)
    return clients
  }
  const open = async (): Promise<Session> => {
    const clients = await create(choices)
    const journal = lazyJournal(env)
    const { clock = systemClock } = surroundings ?? {}
    return { clients, clock, signal, ...(journal ? { journal } : {}) }
  }
  return {
    choices: () => choices,
    session: () => {
      opened ??= open()
      return opened
    },
    clients: (other) => create({ ...choices, ...other }),
    reconnect: (changes = {}) => {
      const chosen = named.filter((name) => name in changes).map((name) => [name, 'your answer'] as const)
      choices = { ...choices, ...changes, saidBy: { ...choices.saidBy, ...Object.fromEntries(chosen) } }
      opened = undefined
    },
  }
}

function checkEndpoint(url: string): void {
  const fault = endpointFault(url)
  if (fault === undefined) return
  throw usageError(
    `--endpoint-url takes ${fault}, not ${quoted(withoutUser(url))}`,
    'for example: --endpoint-url http://127.0.0.1:4566',
  )
}
