import { setMaxListeners } from 'node:events'
import { isSignedOut, SqsTriggerError } from '../errors.js'
import { contextOf } from '../operations/call-context.js'
import type { Operation, OperationEvent } from '../operations/events.js'
import type { Session } from '../operations/session.js'
import { untilAborted } from '../until-aborted.js'
import { type AuditBook, openAuditBook, type UnjudgedMapping } from './audit/book.js'
import { findOrphans } from './audit/find-orphans.js'
import { type JudgedMapping, openJudge } from './audit/judge-mapping.js'
import {
  type ListedPlace,
  listPlace,
  openAccount,
  type PlaceToList,
  placeAt,
  type UnreadPlace,
} from './audit/place.js'
import { openProgress, type Progress } from './audit/progress.js'
import type { AuditRequest } from './audit/request.js'
import type { AuditResult, Orphan } from './audit/results.js'
import { inParallel } from './in-parallel.js'

/** Regions are few calls each, and most are empty. */
const placesAtOnce = 8
/** Enough that nobody waits for IAM who could ask SQS; few enough to hold. */
const mappingsAtOnce = 12

type AuditSession = Pick<Session, 'clock' | 'signal'>

/**
 * Reads every SQS mapping of the accounts and Regions, and judges each. Changes nothing. What cannot be read is told
 * with its reason; a signal ends it early, with what is known by then.
 * @throws SqsTriggerError where not one place could be read: the first reason
 */
export async function* audit(request: AuditRequest, session: AuditSession): Operation<AuditResult> {
  const { clock } = session
  const signal = AbortSignal.any([session.signal])
  // Every mapping that is looked at listens; Node takes more than ten listeners for a leak.
  setMaxListeners(0, signal)
  const book = openAuditBook(request, clock)
  const progress = openProgress(clock)
  const orphans: Orphan[] = []
  try {
    const listed = yield* listAll(request, { clock, signal }, { book, progress })
    yield* judgeAll(listed, request, { clock, signal }, { book, progress })
    for (const place of listed) {
      const found = await untilAborted(findOrphans(place, book.isUsed, signal), signal)
      if (found.open !== null) yield { type: 'warning', message: found.open }
      orphans.push(...found.orphans)
    }
  } catch (error) {
    // Stopped: what is known by now is the answer.
    if (!signal.aborted) throw error
  }
  return book.close({ orphans, stopped: signal.aborted })
}

interface Kept {
  readonly book: AuditBook
  readonly progress: Progress
}

async function* listAll(
  { accounts }: AuditRequest,
  session: AuditSession,
  { book, progress }: Kept,
): AsyncGenerator<OperationEvent, readonly ListedPlace[], void> {
  const opened = await Promise.all(accounts.map((account) => openAccount(account, session)))
  const begun = opened.flat().find((place): place is PlaceToList => !('error' in place))
  if (begun !== undefined) yield { type: 'caller-identified', context: contextOf(begun.home, begun.caller) }
  const places = opened.flat().map((place, index) => ({ place, index }))
  progress.places(places.length)
  const found: (ListedPlace | UnreadPlace)[] = []
  const list = async ({ place, index }: (typeof places)[number]) => {
    const listing = 'error' in place ? place : listPlace(place, session)
    return { index, result: await untilAborted(Promise.resolve(listing), session.signal) }
  }
  try {
    for await (const { index, result } of inParallel(places, placesAtOnce, list)) {
      found[index] = result
      progress.listed('error' in result ? 0 : result.mappings.length)
      yield* progress.tell()
    }
  } finally {
    for (const { place, index } of places) book.add(found[index] ?? notReached(place))
  }
  const listed = found.filter((place): place is ListedPlace => !('error' in place))
  const failed = found.find((place): place is UnreadPlace => 'error' in place)
  if (listed.length === 0 && failed !== undefined) throw failed.error
  return listed
}

/** Of a place that was still to be listed when it was stopped. */
function notReached(place: PlaceToList | UnreadPlace): UnreadPlace {
  if ('error' in place) return place
  const { account, region, caller } = place
  const error = new SqsTriggerError('INTERRUPTED', 'It was stopped before this was looked at.')
  return { place: placeAt(account, region, caller.account), status: 'unread', error }
}

async function* judgeAll(
  places: readonly ListedPlace[],
  request: AuditRequest,
  { clock, signal }: AuditSession,
  { book, progress }: Kept,
): AsyncGenerator<OperationEvent, void, void> {
  const broken = new Map<ListedPlace, SqsTriggerError>()
  const work = places
    .flatMap((listed) => {
      const judge = openJudge(listed, request, clock.now)
      return listed.mappings.map((mapping, index) => ({ listed, judge, mapping, index }))
    })
    // By turns, because each place has rates of its own.
    .toSorted((a, b) => a.index - b.index)
  const attempt = async ({
    listed,
    judge,
    mapping,
  }: (typeof work)[number]): Promise<JudgedMapping | UnjudgedMapping> => {
    const gone = broken.get(listed)
    if (gone) return { listed, mapping, error: gone }
    try {
      return await untilAborted(judge(mapping), signal)
    } catch (error) {
      if (signal.aborted || !(error instanceof SqsTriggerError)) throw error
      // Nobody is signed in any more: every other call would end like this one.
      if (isSignedOut(error)) broken.set(listed, error)
      return { listed, mapping, error }
    }
  }
  for await (const one of inParallel(work, mappingsAtOnce, attempt)) {
    if ('error' in one) book.unjudged(one)
    else yield { type: 'mapping-judged', mapping: one.mapping, findings: book.judged(one) }
    progress.judged()
    yield* progress.tell()
  }
}
