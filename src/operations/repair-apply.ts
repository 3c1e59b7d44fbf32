import { roleNameOf } from '../arn.js'
import type { ChangeMade, RepairChange } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Journal, JournalEntry, JournaledChange } from '../journal.js'
import { sendChange } from './apply-change.js'
import { readContext } from './call-context.js'
import type { CallContext, Operation } from './events.js'
import { newJournalId } from './journal-entry.js'
import { createLookSchedule } from './look-schedule.js'
import { isMade, type Present, readPresent, samePresent } from './repair-present.js'
import { tooLarge } from './repair-role.js'
import { isRepairChange } from './repair-undo.js'
import type { Repair, RepairResult } from './results.js'
import type { Session } from './session.js'
import { untilAborted } from './until-aborted.js'

/**
 * Makes the changes of a repair, one after the other. Each is written into the journal before it is sent, and what is
 * there is read directly before and after.
 * @throws SqsTriggerError FIX_REFUSED for a repair that is refused, or where something else is there than when it was
 *   planned; JOURNAL_FAILED where nothing can be written down; otherwise as AWS answered. What was made until then
 *   stands in the journal.
 */
export async function* applyRepair(repair: Repair, session: Session): Operation<RepairResult> {
  if (repair.refusal !== null) throw new SqsTriggerError('FIX_REFUSED', repair.refusal)
  const changes = repair.changes.filter(isRepairChange)
  if (changes.length === 0 || changes.length < repair.changes.length) {
    throw new SqsTriggerError('FIX_REFUSED', 'This repair holds no change that it could make.')
  }
  const journal = requireJournal(session)
  const context = await readContext(session)
  let entry = newEntry(repair, context, session)
  const made: ChangeMade[] = []
  for (const [index, change] of changes.entries()) {
    const previous = await untilAborted(readPresent(change, session.clients), session.signal)
    requireAsPlanned(change, previous, repair.found?.[index])
    entry = withLast(entry, { change, previous, state: 'intended' })
    await journal.write(entry)
    const sent = await send(change, previous, session)
    yield { type: 'change-applied', change, made: sent }
    made.push(sent)
    entry = withState(entry, index, 'made')
    yield* writeDown(entry, journal)
    yield* verify(change, previous, session)
  }
  return { journalId: entry.id, made }
}

/** @throws SqsTriggerError JOURNAL_FAILED: what cannot be written down is not changed. */
export function requireJournal({ journal }: Session): Journal {
  if (journal) return journal
  throw new SqsTriggerError(
    'JOURNAL_FAILED',
    'There is no journal to write the change into. Nothing was changed.',
    {
      hint: 'A command keeps it in the folder that XDG_STATE_HOME or HOME names; a program says connect({ journalFolder }).',
    },
  )
}

function newEntry({ rules }: Repair, context: CallContext, { clock }: Session): JournalEntry {
  const { account, region, endpoint, profile } = context
  const now = clock.now()
  const startedAt = new Date(now).toISOString()
  return {
    version: 1,
    id: newJournalId(now),
    startedAt,
    account,
    region,
    endpoint,
    profile,
    rules,
    changes: [],
  }
}

const withLast = (entry: JournalEntry, change: JournaledChange): JournalEntry => ({
  ...entry,
  changes: [...entry.changes, change],
})

/** The entry with another state of one change. */
export function withState(entry: JournalEntry, index: number, state: JournaledChange['state']): JournalEntry {
  const changes = entry.changes.map((change, place) => (place === index ? { ...change, state } : change))
  return { ...entry, changes }
}

/** Nobody else's work is overwritten: IAM and SQS know no condition for that, so it is looked at as late as can be. */
function requireAsPlanned(change: RepairChange, present: Present, planned: Present | undefined): void {
  if (planned === undefined || samePresent(change, present, planned)) return
  throw new SqsTriggerError(
    'FIX_REFUSED',
    `${capital(placeOf(change))} was changed by somebody else since this repair was planned. It was left as it is.`,
    { hint: 'Run the same command again: it plans on what is there now.' },
  )
}

async function send(change: RepairChange, previous: Present, session: Session): Promise<ChangeMade> {
  try {
    return (await sendChange(change, session, change.type === 'queue' ? null : previous)).made
  } catch (error) {
    throw isTooLarge(error) && change.type === 'role-policy'
      ? new SqsTriggerError('FIX_REFUSED', tooLarge(`role ${roleNameOf(change.roleArn)}`), {
          ...(error.aws ? { aws: error.aws } : {}),
          cause: error,
        })
      : error
  }
}

const isTooLarge = (error: unknown): error is SqsTriggerError =>
  error instanceof SqsTriggerError && /^LimitExceeded(?:Exception)?$/.test(error.aws?.code ?? '')

/**
 * After the call a journal that fails is told, and stops the next change and not this one: it still says `intended`,
 * which a rollback compares with what is there.
 */
export async function* writeDown(entry: JournalEntry, journal: Journal): Operation<void> {
  try {
    await journal.write(entry)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    yield { type: 'warning', message: `The change was made, but the journal could not be told: ${why}` }
  }
}

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
  return `queue ${change.queueArn.split(':').at(-1)}`
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
