import type { CallerIdentity } from '../../aws/caller-identity.js'
import { readCaller } from '../../aws/caller-identity.js'
import type { Clients } from '../../aws/clients.js'
import { openPace, type Pace, paced } from '../../aws/connection/pace.js'
import { listMappingPages } from '../../aws/event-source-mapping.js'
import { type Answers, readOnce } from '../../aws/read-once.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import { contextOf } from '../../operations/call-context.js'
import type { CallContext } from '../../operations/events.js'
import type { Session } from '../../operations/session.js'
import { partitionOf } from '../../partition.js'
import { regions as allRegions } from '../../regions.js'
import { untilAborted } from '../../until-aborted.js'
import type { AccountToAudit } from './request.js'
import type { AuditedPlace } from './results.js'

/** One account in one Region, with the mappings that are there. */
export interface ListedPlace {
  readonly place: Omit<AuditedPlace, 'status' | 'reason' | 'permission' | 'listed' | 'judged'>
  readonly clients: Clients
  readonly caller: CallerIdentity
  readonly context: CallContext
  readonly mappings: readonly Mapping[]
  /** Calls sent through its clients so far. */
  readonly calls: () => number
}

/** A place that could not be listed, and why. */
export interface UnreadPlace {
  readonly place: ListedPlace['place']
  readonly status: 'unread' | 'not-enabled'
  readonly error: SqsTriggerError
}

/** An account of which it is known who calls. */
interface OpenAccount {
  readonly account: AccountToAudit
  readonly caller: CallerIdentity
  readonly home: Clients
  readonly answers: Answers
  readonly pace: Pace
}

/** One Region of an account that is still to be listed. */
export interface PlaceToList extends OpenAccount {
  readonly region: string
}

/** Asks who calls; one call an account. What fails is told for each of its Regions. */
export async function openAccount(
  account: AccountToAudit,
  session: Pick<Session, 'clock' | 'signal'>,
): Promise<readonly (PlaceToList | UnreadPlace)[]> {
  const [first] = account.regions === 'all' ? [] : account.regions
  try {
    const home = await account.open(first)
    const caller = await untilAborted(readCaller(home), session.signal)
    const open = { account, caller, home, answers: new Map(), pace: openPace(session.clock, session.signal) }
    return regionsOf(account, home, caller).map((region) => ({ ...open, region }))
  } catch (error) {
    const failure = asFailure(error, session.signal)
    const regions = account.regions === 'all' || first === undefined ? [''] : account.regions
    return regions.map((region) => ({
      place: placeAt(account, region, null),
      status: 'unread',
      error: failure,
    }))
  }
}

/** In the order in which they were asked for; of all, the one of the configuration first. */
function regionsOf({ regions }: AccountToAudit, home: Clients, caller: CallerIdentity): readonly string[] {
  if (regions !== 'all') return regions.length === 0 ? [home.region] : [...new Set(regions)]
  const here = allRegions.map(([name]) => name).filter((name) => partitionOf(name).name === caller.partition)
  return [...new Set([home.region, ...here])]
}

/** Lists the mappings of one place, page by page. */
export async function listPlace(
  { account, caller, home, answers, pace, region }: PlaceToList,
  { signal }: Pick<Session, 'signal'>,
): Promise<ListedPlace | UnreadPlace> {
  const place = placeAt(account, region, caller.account)
  try {
    const own = region === home.region ? home : await account.open(region)
    const clients = paced(readOnce(own, answers), pace)
    const mappings: Mapping[] = []
    for await (const page of listMappingPages(clients, {}, signal)) mappings.push(...page)
    return {
      place,
      clients,
      caller,
      context: contextOf(own, caller),
      mappings,
      calls: () => own.callsSent?.() ?? 0,
    }
  } catch (error) {
    const failure = asFailure(error, signal)
    // AWS answers good keys so where the account has not enabled the Region.
    const elsewhere = failure.code === 'CREDENTIALS_REJECTED' && region !== home.region
    return { place, status: elsewhere ? 'not-enabled' : 'unread', error: failure }
  }
}

/** A place as it is told. */
export function placeAt(
  { name, profile, roleArn }: AccountToAudit,
  region: string,
  account: string | null,
): ListedPlace['place'] {
  const accountName = name ?? roleArn?.split('/').at(-1) ?? profile
  return { account, accountName, region, profile, roleArn }
}

/** Anything that is not ours is a mistake of this program; a signal ends more than one place. */
function asFailure(error: unknown, signal: AbortSignal): SqsTriggerError {
  if (signal.aborted || !(error instanceof SqsTriggerError)) throw error
  return error
}
