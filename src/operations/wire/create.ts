import type { Change } from '../../change.js'
import { clockSkewMs } from '../../clock.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import { madeByCreation, type SentChange, sendChange } from '../apply-change.js'
import type { Operation } from '../events.js'
import { readMapping } from '../find-mapping.js'
import type { WirePlan, WireResult } from '../results.js'
import type { Session } from '../session.js'
import { waitFor } from '../wait.js'
import { conflictWith, duplicateNamedIn } from './conflict.js'
import { compareExisting } from './existing-mapping.js'
import { type AskingAgain, finalRefusal, pendingCause } from './propagation.js'

export interface Created extends Pick<WireResult, 'mapping' | 'outcome'> {
  /** How long the creation was asked for again, in milliseconds. */
  readonly pendingMs: number
}

interface Bounds {
  /** Milliseconds that are left of the whole. */
  readonly left: () => number
  readonly asking: AskingAgain
}

/**
 * Applies the changes of a plan. Someone else may have been faster: then theirs is compared like any other.
 * @returns null where the plan holds no creation.
 */
export async function* createPlanned(
  plan: WirePlan,
  bounds: Bounds,
  session: Session,
): Operation<Created | null> {
  let made: Created | null = null
  for (const change of plan.changes) {
    const began = session.clock.now()
    try {
      const { sent, pendingMs } = yield* sendPatiently(change, plan, bounds.asking, session)
      yield { type: 'change-applied', change, made: sent.made }
      if (sent.mapping) made = { mapping: sent.mapping, outcome: 'created', pendingMs }
    } catch (error) {
      const uuid = duplicateNamedIn(error)
      if (uuid === undefined) throw error
      const other = await readMapping(uuid, session)
      if (other.state === 'Deleting') {
        yield* waitFor({ uuid, for: 'deleted', timeoutMs: bounds.left(), seen: other }, session)
        return yield* createPlanned(plan, bounds, session)
      }
      const comparison = yield* compareExisting(plan.settings, other, session)
      const conflict = conflictWith(other, comparison, plan.settings, session)
      if (conflict) throw conflict
      if (isOwn(error, other, began)) {
        yield { type: 'change-applied', change, made: madeByCreation(change, other, session.clients) }
        made = { mapping: other, outcome: 'created', pendingMs: 0 }
      } else {
        made = { mapping: other, outcome: 'unchanged', pendingMs: 0 }
      }
    }
  }
  return made
}

/**
 * Sends the change; while AWS does not go by our own change of a moment ago, again. Any other refusal is final at once,
 * and so is every refusal where nothing of ours was changed.
 */
async function* sendPatiently(
  change: Change,
  plan: WirePlan,
  asking: AskingAgain,
  session: Session,
): Operation<{ readonly sent: SentChange; readonly pendingMs: number }> {
  const { clock, signal } = session
  const started = clock.now()
  let gap = firstGapMs
  for (let attempt = 1; ; attempt += 1) {
    try {
      const sent = await sendChange(change, session)
      // Without a refusal nothing was waited for.
      return { sent, pendingMs: attempt === 1 ? 0 : clock.now() - started }
    } catch (error) {
      const cause = pendingCause(error, asking)
      if (cause === undefined) throw finalRefusal(error, plan, asking)
      // A quarter more or less, so that not everybody who waits asks at the same moment.
      const until = clock.now() + gap * (0.75 + Math.random() / 2)
      const end = started + cause.timeoutMs
      if (clock.now() >= end) throw finalRefusal(error, plan, asking)
      while (clock.now() < Math.min(until, end)) {
        const elapsedMs = clock.now() - started
        yield { type: 'permission-pending', what: cause.what, attempt, elapsedMs, timeoutMs: cause.timeoutMs }
        await clock
          .sleep(Math.min(tickMs, Math.min(until, end) - clock.now()), signal)
          .catch((reason: unknown) => {
            throw signal.aborted ? stopped(reason, cause.what, elapsedMs) : reason
          })
      }
      gap = Math.min(gap * 1.7, longestGapMs)
    }
  }
}

function stopped(reason: unknown, what: string, elapsedMs: number): SqsTriggerError {
  const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  const after = `Stopped after ${Math.round(elapsedMs / 1_000)} s, before AWS went by ${what}.`
  return new SqsTriggerError(code, `${after} No mapping was created.`, {
    hint: 'The same command goes on from here.',
    cause: reason,
  })
}

const firstGapMs = 1_000
const longestGapMs = 15_000
/** How often the wait is told about. */
const tickMs = 1_000

/**
 * Is this the mapping of our own first attempt, whose answer was cut off? The SDK then asks again by itself, and AWS
 * answers that the mapping exists. The preflight has seen no such mapping a moment ago, so that somebody else's of the
 * last minutes is not to be expected.
 */
function isOwn(error: unknown, { lastModified }: Mapping, began: number): boolean {
  const attempts = error instanceof SqsTriggerError ? (error.aws?.attempts ?? 1) : 1
  return attempts > 1 && lastModified !== undefined && Date.parse(lastModified) >= began - clockSkewMs
}
