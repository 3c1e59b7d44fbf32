import { nameIn } from '../arn.js'
import { toolCommand, wiringCommand } from '../command-line.js'
import { reworded, SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { Operation } from './events.js'
import type { MovePlan } from './mapping-results.js'
import type { ApplyOptions } from './requests.js'
import type { WirePlan, WireResult } from './results.js'
import type { Session } from './session.js'
import { applyUnwiring } from './unwire.js'
import { applyWiring } from './wire.js'

/** Who stops while it is being made has both, and the same move goes on from there. */
export async function* added(
  wiring: WirePlan,
  old: Mapping,
  options: ApplyOptions,
  session: Session,
): Operation<WireResult> {
  try {
    return yield* applyWiring(wiring, options, session)
  } catch (error) {
    if (!isUnfinished(error)) throw error
    const again = toolCommand(session.clients, 'update', old.uuid, '--to-queue', wiring.target.queueArn ?? '')
    const remove = error.hint?.split('\n').filter((line) => line.startsWith('remove: ')) ?? []
    const stays = `The old mapping ${old.uuid} of ${nameIn(old.queueArn)} works on.`
    throw new SqsTriggerError(error.code, `${error.message} ${stays}`, {
      hint: [`continue: ${again}`, ...remove].join('\n'),
      cause: error,
    })
  }
}

/** Once the old one goes, only a command with all its settings leads to the new one. */
export async function* exchanged(
  wiring: WirePlan,
  unwiring: MovePlan['unwiring'],
  options: ApplyOptions,
  session: Session,
): Operation<WireResult> {
  const { queueArn, functionArn } = wiring.target
  const ends = { queueArn: queueArn ?? '', functionArn: functionArn ?? '' }
  let going = false
  try {
    const unwinding = applyUnwiring(unwiring, options, session)
    for (let step = await unwinding.next(); !step.done; step = await unwinding.next()) {
      going ||= step.value.type === 'change-applied'
      yield step.value
    }
    going = true
    return yield* applyWiring(wiring, options, session)
  } catch (error) {
    if (!going || !(error instanceof SqsTriggerError)) throw error
    // A mapping that is there already is taken up by the same command.
    const said = `The function does not read ${nameIn(unwiring.mapping.queueArn)} any more, and ${nameIn(ends.queueArn)} only when this goes on.`
    const hint = `continue: ${wiringCommand(session.clients, ends, wiring.settings)}`
    throw reworded(error, { message: `${error.message} ${said}`, hint }, error)
  }
}

export const isUnfinished = (error: unknown): error is SqsTriggerError =>
  error instanceof SqsTriggerError && ['NOT_FINISHED', 'INTERRUPTED', 'TERMINATED'].includes(error.code)
