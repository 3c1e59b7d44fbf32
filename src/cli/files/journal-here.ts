import { unattended } from '../../aws/clients.js'
import { SqsTriggerError } from '../../errors.js'
import type { JournalEntry } from '../../journal.js'
import { readContext } from '../../operations/call-context.js'
import type { Session } from '../../operations/session.js'
import type { CommandContext } from '../command-context.js'

/**
 * Which entries the same connection can undo: those of its Region and endpoint, and of the account of whoever calls,
 * as far as that can be told within a moment. Costs a call where one of them may be.
 */
export async function isHere(
  entries: readonly JournalEntry[],
  context: Pick<CommandContext, 'session' | 'signal' | 'connection' | 'host'>,
): Promise<(entry: JournalEntry) => boolean> {
  if (entries.length === 0) return () => true
  const session = await unlessFailed(context.session())
  if (session === undefined) {
    // No Region, or no such profile: at least it is known whether this is AWS.
    const typed = context.connection.endpointUrl ?? context.host.env.AWS_ENDPOINT_URL ?? null
    return (entry) => entry.endpoint === typed
  }
  const { region, endpoint } = session.clients
  const isNear = (entry: JournalEntry) => entry.region === region && entry.endpoint === endpoint
  if (!entries.some(isNear)) return isNear
  const account = await accountOf(session, context.signal)
  return (entry) => isNear(entry) && (account === undefined || entry.account === account)
}

async function accountOf(session: Session, signal: AbortSignal): Promise<string | undefined> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(longestWaitMs)])
  // Who has no session is told what stands here, and not asked to sign in for it.
  const clients = unattended(session.clients)
  try {
    return (await readContext({ ...session, clients, signal: patience })).account
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** A list that says a little less is worth more than one that is waited for. */
const longestWaitMs = 3_000

async function unlessFailed<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof SqsTriggerError) return undefined
    throw error
  }
}
