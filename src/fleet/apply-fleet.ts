import { isSignedOut, SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { Operation, OperationEvent } from '../operations/events.js'
import { runToEnd } from '../operations/run-to-end.js'
import type { Session } from '../operations/session.js'
import { applyUnwiring } from '../operations/unwire.js'
import { applyUpdate } from '../operations/update.js'
import { applyWiring } from '../operations/wire.js'
import type { FleetPlan, FleetResult, FleetStep, StepResult } from './fleet-plan.js'
import { isPending } from './fleet-plan.js'
import { resultsInOrder } from './results-in-order.js'
import { settleAll } from './settle-all.js'
import { toldOnTheWay } from './told-on-the-way.js'

export interface FleetApplyOptions {
  /** How many triggers are changed at the same time. Default 4. */
  readonly parallel?: number
  /** Bounds the wait until all mappings are at rest, in milliseconds. Default 120000 beside what the changes take. */
  readonly timeoutMs?: number
  /** false returns as soon as AWS took the requests. Default true. */
  readonly wait?: boolean
}

/**
 * Does what a plan says: creations and updates side by side, then deletions, then one wait for all of them. One that
 * fails holds up no other. Stopped by the signal it begins nothing more, and says what was done, what failed and what
 * was not touched; the same again goes on from there.
 */
export async function* applyFleet(
  plan: FleetPlan,
  options: FleetApplyOptions,
  session: Session,
): Operation<FleetResult> {
  const { parallel = 4, timeoutMs = 120_000, wait = true } = options
  const { clock } = session
  const started = clock.now()
  const pending = plan.steps.filter(isPending)
  const results = yield* toldOnTheWay(async (tell) => {
    const run = openRun({ total: pending.length, timeoutMs }, session, tell)
    const making = pending.filter(({ action }) => action !== 'delete')
    const made = await resultsInOrder(making, parallel, run)
    const gone = await resultsInOrder(
      pending.filter(({ action }) => action === 'delete'),
      parallel,
      run,
    )
    return [...made, ...gone]
  })
  const done = results.filter(({ outcome }) => outcome === 'done')
  if (!wait || session.signal.aborted || done.length === 0) {
    return { steps: results, waitedMs: clock.now() - started }
  }
  const settled = yield* settleAll(results, timeoutMs, session)
  return { steps: settled, waitedMs: clock.now() - started }
}

/** Does one step after another, and tells how far it is. After an error that ends everything it begins no more. */
function openRun(
  { total, timeoutMs }: { readonly total: number; readonly timeoutMs: number },
  session: Session,
  tell: (event: OperationEvent) => void,
) {
  let ended = false
  let done = 0
  let failed = 0
  return async (step: FleetStep): Promise<StepResult> => {
    let changed = false
    const telling = (event: OperationEvent) => {
      changed ||= event.type === 'change-applied'
      tell(event)
    }
    const untouched = { step, outcome: 'untouched', mapping: step.mapping, failure: null } as const
    if (ended || session.signal.aborted) return untouched
    try {
      const mapping = await change(step, timeoutMs, session, telling)
      done += 1
      return { step, outcome: 'done', mapping, failure: null }
    } catch (error) {
      if (!(error instanceof SqsTriggerError)) throw error
      // A wait that the signal ended sent nothing, unless it was the wait between two changes.
      if (session.signal.aborted && stops.includes(error.code) && !changed) return untouched
      ended ||= isSignedOut(error) || unreachable.includes(error.code)
      failed += 1
      const { code, message, hint = null } = error
      return { step, outcome: 'failed', mapping: step.mapping, failure: { code, message, hint } }
    } finally {
      tell({ type: 'fleet-progress', what: 'Changing triggers', done, total, failed })
    }
  }
}

const stops: readonly string[] = ['INTERRUPTED', 'TERMINATED']

/** Nothing else would fare better. */
const unreachable: readonly string[] = ['ENDPOINT_UNREACHABLE', 'ENDPOINT_NOT_AWS']

/** The mapping as it is then; null: it is gone, or going. */
async function change(
  { does }: FleetStep,
  timeoutMs: number,
  session: Session,
  tell: (event: OperationEvent) => void,
): Promise<Mapping | null> {
  const pass = (event: OperationEvent) => {
    if (event.type === 'change-applied' || event.type === 'warning') tell(event)
  }
  // How long one that is in use, or about which AWS is asked too often, is asked again.
  const options = { wait: false, timeoutMs }
  switch (does?.kind) {
    case 'wire': {
      const { plan } = does
      const wiring = () => runToEnd(applyWiring(plan, options, session), pass)
      return (await patiently(wiring, session)).mapping
    }
    case 'update':
      return (await runToEnd(applyUpdate(does.plan, options, session), pass)).mapping
    case 'unwire':
      await runToEnd(applyUnwiring(does.plan, options, session), pass)
      return null
    case undefined:
      throw new TypeError('a step that is to be done says how')
  }
}

/** AWS takes fifteen changes a second of the whole account: others may have taken them. A creation does not ask again. */
async function patiently<Value>(work: () => Promise<Value>, { clock, signal }: Session): Promise<Value> {
  for (let round = 1; ; round++) {
    try {
      return await work()
    } catch (error) {
      const throttled = error instanceof SqsTriggerError && error.code === 'THROTTLED'
      if (!throttled || round > mostRounds) throw error
      await clock.sleep(1_000 * 2 ** (round - 1), signal)
    }
  }
}

const mostRounds = 5
