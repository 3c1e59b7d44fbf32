import type { Operation, OperationEvent } from '../events.js'
import { type PreflightRequest, type PreflightResult, runPreflight } from '../run-preflight.js'
import { runToEnd } from '../run-to-end.js'
import type { Session } from '../session.js'
import { createLookSchedule } from '../waiting/look-schedule.js'

export interface RepairWaitRequest {
  /** The preflight that found the problems; it is run whole each time. */
  readonly request: PreflightRequest
  /** Slugs of the rules that were mended. */
  readonly rules: readonly string[]
  /** Milliseconds. Default 120000. */
  readonly timeoutMs?: number
}

export interface RepairVerdict {
  /** The last preflight. */
  readonly result: PreflightResult
  /** Those of the rules that still object, or that cannot tell any more. */
  readonly pending: readonly string[]
}

/**
 * Judges again what was mended: at once, and then until no rule of it objects or the time is over. Running out of time
 * is no error: `pending` says what is open. Of the preflights' own events only what the last one found is passed on.
 * @throws SqsTriggerError as `runPreflight`
 */
export async function* waitForRepair(
  { request, rules, timeoutMs = 120_000 }: RepairWaitRequest,
  session: Session,
): Operation<RepairVerdict> {
  const { clock, signal } = session
  const started = clock.now()
  const looks = createLookSchedule(started, 'called')
  for (let attempt = 1; ; attempt += 1) {
    const told: OperationEvent[] = []
    const result = await runToEnd(runPreflight(request, session), (event) => told.push(event))
    const open = result.findings.filter(({ rule }) => rules.includes(rule))
    const objecting = open.filter(({ status }) => status === 'fail' || status === 'warn')
    const elapsedMs = clock.now() - started
    // What cannot be told now cannot be told in a minute either: it was told before.
    if (objecting.length === 0 || elapsedMs >= timeoutMs) {
      yield* told.filter(({ type }) => type === 'facts-gathered' || type === 'rule-judged')
      const pending = open.filter(({ status }) => !['pass', 'skip', 'ignored'].includes(status))
      return { result, pending: pending.map(({ rule }) => rule) }
    }
    yield { type: 'permission-pending', what: whatOf(objecting), attempt, elapsedMs, timeoutMs }
    await clock.sleep(Math.min(looks.next(clock.now()), timeoutMs - elapsedMs), signal)
  }
}

/** What AWS does not go by yet. */
function whatOf(objecting: readonly { readonly rule: string }[]): string {
  return objecting.some(({ rule }) => rule.startsWith('role-'))
    ? 'the new permission of the role'
    : 'the new setting of the queue'
}
