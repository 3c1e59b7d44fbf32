import { nameIn, roleNameOf } from '../../arn.js'
import { isRefusal } from '../../aws/lost-answer.js'
import type { ChangeMade, RepairChange } from '../../change.js'
import { SqsTriggerError } from '../../errors.js'
import { untilAborted } from '../../until-aborted.js'
import { sendChange } from '../apply-change.js'
import { readContext } from '../call-context.js'
import type { Operation } from '../events.js'
import {
  continued,
  newEntry,
  requireJournal,
  strikeOut,
  withLast,
  withState,
  writeDown,
} from '../journal/write.js'
import type { Repair, RepairResult } from '../results.js'
import type { Session } from '../session.js'
import { createLookSchedule } from '../waiting/look-schedule.js'
import { isMade, type Present, readPresent, samePresent } from './present.js'
import { tooLarge } from './role.js'
import { isRepairChange } from './undo.js'

/**
 * Makes the changes of a repair, one after the other. Each is written into the journal before it is sent, and what is
 * there is read directly before and after.
 * @param before what an earlier repair of the same run came to: its entry is gone on with, so that one rollback takes
 *   back the whole run. Default: an entry of its own.
 * @throws SqsTriggerError FIX_REFUSED for a repair that is refused, or where `before` was made in another place;
 *   CONFLICT where something else is there than when it was planned; JOURNAL_FAILED where nothing can be written down; otherwise
 *   as AWS answered. What was made until then stands in the journal; what AWS refused counts as never made.
 */
export async function* applyRepair(
  repair: Repair,
  session: Session,
  before?: RepairResult,
): Operation<RepairResult> {
  if (repair.refusal !== null) throw new SqsTriggerError('FIX_REFUSED', repair.refusal)
  const changes = repair.changes.filter(isRepairChange)
  if (changes.length === 0 || changes.length < repair.changes.length) {
    throw new SqsTriggerError('FIX_REFUSED', 'This repair holds no change that it could make.')
  }
  const journal = requireJournal(session)
  const context = await readContext(session)
  let entry = before
    ? continued(before.entry, repair.rules, context)
    : newEntry(repair.rules, context, session)
  const first = entry.changes.length
  const made: ChangeMade[] = []
  for (const [place, change] of changes.entries()) {
    const previous = await untilAborted(readPresent(change, session.clients), session.signal)
    requireAsPlanned(change, previous, repair.found?.[place])
    entry = withLast(entry, { change, previous, state: 'intended' })
    await journal.write(entry)
    const index = first + place
    const sent = await send(change, previous, session)
    if (sent instanceof SqsTriggerError) {
      if (isRefused(sent)) yield* strikeOut(entry, index, journal)
      throw sent
    }
    yield { type: 'change-applied', change, made: sent, journalId: entry.id }
    made.push(sent)
    entry = withState(entry, index, 'made')
    yield* writeDown(entry, journal)
    yield* verify(change, previous, session)
  }
  return { journalId: entry.id, made, entry }
}

/** Nobody else's work is overwritten: IAM and SQS know no condition for that, so it is looked at as late as can be. */
function requireAsPlanned(change: RepairChange, present: Present, planned: Present | undefined): void {
  if (planned === undefined || samePresent(change, present, planned)) return
  throw new SqsTriggerError(
    'CONFLICT',
    `${capital(placeOf(change))} was changed by somebody else since this repair was planned. It was left as it is.`,
    { hint: 'Run the same command again: it plans on what is there now.' },
  )
}

async function send(
  change: RepairChange,
  previous: Present,
  session: Session,
): Promise<ChangeMade | SqsTriggerError> {
  try {
    return (await sendChange(change, session, change.type === 'queue' ? null : previous)).made
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    return isTooLarge(error) && change.type === 'role-policy'
      ? new SqsTriggerError('FIX_REFUSED', tooLarge(`role ${roleNameOf(change.roleArn)}`), {
          ...(error.aws ? { aws: error.aws } : {}),
          cause: error,
        })
      : error
  }
}

/**
 * Whether AWS answered with a refusal, so that nothing was made. Not where the connection broke, a server failed, or
 * something between answered; and of several attempts an earlier one may have been carried out, its answer lost.
 */
function isRefused({ code, aws }: SqsTriggerError): boolean {
  return code !== 'ENDPOINT_NOT_AWS' && aws?.attempts === 1 && isRefusal(aws.httpStatus)
}

const isTooLarge = ({ aws }: SqsTriggerError) => /^LimitExceeded(?:Exception)?$/.test(aws?.code ?? '')

/** What was written is read again: usually it is there at once. */
async function* verify(change: RepairChange, previous: Present, session: Session): Operation<void> {
  const { clock, signal, clients } = session
  const started = clock.now()
  const looks = createLookSchedule(started, 'called')
  for (;;) {
    const present = await readPresent(change, clients).catch((error: unknown) => {
      if (error instanceof SqsTriggerError) return error
      throw error
    })
    if (present instanceof SqsTriggerError) {
      yield {
        type: 'warning',
        message: `${capital(placeOf(change))} could not be read again: ${present.message}`,
      }
      return
    }
    if (isMade(change, present)) break
    if (!samePresent(change, present, previous)) {
      yield {
        type: 'warning',
        message: `${capital(placeOf(change))} was changed by somebody else at the same moment.`,
      }
      return
    }
    const left = started + longestLookMs - clock.now()
    if (left <= 0) {
      yield {
        type: 'warning',
        message: `AWS took the change of ${placeOf(change)}, but does not show it yet.`,
      }
      return
    }
    await clock.sleep(Math.min(looks.next(clock.now()), left), signal)
  }
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  if (change.type === 'queue') await clock.sleep(newQueueMs, signal)
}

const longestLookMs = 10_000
/** A queue that was just made must not be used for a second. */
const newQueueMs = 1_000

function placeOf(change: RepairChange): string {
  if (change.type === 'role-policy')
    return `policy ${change.policyName} of role ${roleNameOf(change.roleArn)}`
  return `queue ${nameIn(change.queueArn)}`
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
