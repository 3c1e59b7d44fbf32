import { getMapping, listMappingPages } from '../aws/event-source-mapping.js'
import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { Operation } from './events.js'
import type { WaitResult } from './mapping-results.js'
import type { WaitRequest } from './requests.js'
import type { Session } from './session.js'
import { heldUpMs } from './waiting/held-up.js'
import { createLookSchedule } from './waiting/look-schedule.js'
import { createPatience } from './waiting/patience.js'

/** A mapping that was just created may not be found for a moment. */
const notFoundToleratedMs = 10_000

/**
 * Looks at a mapping until it is as wanted. A state that this version does not know counts as "still working".
 * @throws SqsTriggerError MAPPING_STATE (Disabled where Enabled is wanted, with AWS's reason), MAPPING_NOT_FOUND
 *   (gone or going), NOT_FINISHED (the deadline), or what the signal's reason says, each with how to go on.
 */
export async function* waitFor(request: WaitRequest, session: Session): Operation<WaitResult> {
  const { clock, signal } = session
  const started = clock.now()
  const heldUpBefore = heldUpMs(session)
  const waitedMs = () => clock.now() - started - (heldUpMs(session) - heldUpBefore)
  const looks = createLookSchedule(started, 'called')
  const patience = createPatience(looks, session)
  const look = createLook(request.uuid)
  let last: Mapping | undefined
  let current: Mapping | null | undefined = request.seen
  // A state that was handed in cost no call: the first look follows it at once.
  let handedIn = request.seen !== undefined
  try {
    for (;;) {
      if (current === undefined) {
        try {
          current = yield* look(session)
        } catch (error) {
          const leftMs = request.timeoutMs - waitedMs()
          yield* patience.after(error, leftMs, () => notFinished(request, last, session))
          continue
        }
      }
      const elapsedMs = waitedMs()
      const early = request.justCreated === true && elapsedMs < notFoundToleratedMs
      if (current) {
        const changed =
          current.state !== last?.state || current.stateTransitionReason !== last.stateTransitionReason
        yield { type: 'mapping-state', mapping: current, changed, elapsedMs, timeoutMs: request.timeoutMs }
        last = current
      }
      if ((current || !early) && isReached(request, current, session))
        return { mapping: current, waitedMs: elapsedMs }
      if (!handedIn) {
        const left = request.timeoutMs - waitedMs()
        if (left <= 0) throw notFinished(request, last, session)
        await clock.sleep(Math.min(looks.next(clock.now()), left), signal)
      }
      handedIn = false
      current = undefined
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw interrupted(request, last, session, waitedMs())
  }
}

/** One look. Falls back to listing, once and for all, when `lambda:GetEventSourceMapping` is refused. */
function createLook(uuid: string) {
  let refused = false
  return async function* look({ clients, signal }: Session): Operation<Mapping | null> {
    if (!refused) {
      try {
        return await getMapping(clients, uuid, signal)
      } catch (error) {
        if (isNotFound(error)) return null
        if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
        refused = true
        yield {
          type: 'warning',
          message:
            'lambda:GetEventSourceMapping is refused; looking through lambda:ListEventSourceMappings instead.',
        }
      }
    }
    for await (const page of listMappingPages(clients, {}, signal)) {
      const found = page.find((mapping) => mapping.uuid === uuid)
      if (found) return found
    }
    return null
  }
}

/** true when AWS said that there is no such mapping. */
export function isNotFound(error: unknown): boolean {
  return error instanceof SqsTriggerError && error.code === 'MAPPING_NOT_FOUND'
}

function isReached({ uuid, for: target }: WaitRequest, mapping: Mapping | null, session: Session): boolean {
  if (target === 'deleted') return mapping === null
  if (mapping === null || mapping.state === 'Deleting') {
    const what = mapping ? 'is being deleted' : 'does not exist'
    throw new SqsTriggerError('MAPPING_NOT_FOUND', `Event source mapping ${uuid} ${what}.`, {
      hint: toolCommand(session.clients, 'list'),
    })
  }
  if (target === 'enabled' && mapping.state === 'Disabled') {
    const reason = mapping.stateTransitionReason ?? 'none given'
    throw new SqsTriggerError(
      'MAPPING_STATE',
      `Event source mapping ${uuid} is Disabled; it will not become Enabled by itself. Reason of AWS: ${reason}.`,
      {
        hint: toolCommand(session.clients, 'enable', uuid),
      },
    )
  }
  return mapping.state === wantedState[target]
}

const wantedState = { enabled: 'Enabled', disabled: 'Disabled' } as const

function notFinished(request: WaitRequest, last: Mapping | undefined, session: Session): SqsTriggerError {
  const idle = unasked(request, last, session)
  if (idle) {
    const message = `${idle.message} Waited ${inSeconds(request.timeoutMs)}.`
    return new SqsTriggerError('NOT_FINISHED', message, { hint: idle.command })
  }
  const state = last ? `is still ${last.state}` : 'cannot be seen yet'
  const message = `Event source mapping ${request.uuid} ${state} after ${inSeconds(request.timeoutMs)}. AWS is still working on it.`
  return new SqsTriggerError('NOT_FINISHED', message, { hint: resume(request, session) })
}

/** Nothing is undone on an interruption: the message says what exists, the hint how to go on and how to undo. */
function interrupted(
  request: WaitRequest,
  last: Mapping | undefined,
  session: Session,
  elapsedMs: number,
): SqsTriggerError {
  const { reason } = session.signal
  const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  const stopped = `Stopped waiting after ${inSeconds(elapsedMs)}.`
  const idle = unasked(request, last, session)
  if (idle) {
    const hint = `continue: ${resume(request, session)}\n${idle.verb}: ${idle.command}`
    return new SqsTriggerError(code, `${stopped} ${idle.message}`, { hint, cause: reason })
  }
  const undo = undoOf(request, session)
  return new SqsTriggerError(code, `${stopped} ${goesOn(request)}`, {
    hint: [`continue: ${resume(request, session)}`, ...(undo === undefined ? [] : [undo])].join('\n'),
    cause: reason,
  })
}

function goesOn({ uuid, for: target, justCreated }: WaitRequest): string {
  if (target === 'deleted') return `AWS keeps deleting event source mapping ${uuid}.`
  if (justCreated) return `Event source mapping ${uuid} exists, and AWS keeps working on it.`
  return `AWS keeps working on event source mapping ${uuid}.`
}

function undoOf({ uuid, justCreated, back }: WaitRequest, { clients }: Session): string | undefined {
  if (justCreated) return `remove: ${toolCommand(clients, 'unwire', uuid)}`
  return back === undefined ? undefined : `back: ${back}`
}

/** AWS works on nothing: the mapping stays as it is until someone asks for what is waited for. undefined: it works. */
function unasked(
  { uuid, for: target, asked }: WaitRequest,
  last: Mapping | undefined,
  { clients }: Session,
): { readonly verb: string; readonly message: string; readonly command: string } | undefined {
  if (asked) return undefined
  const about = (verb: string) =>
    `Event source mapping ${uuid} is ${last?.state}; nobody has asked to ${verb} it.`
  if (target === 'deleted' && notDeleting.has(last?.state ?? '')) {
    return { verb: 'delete', message: about('delete'), command: toolCommand(clients, 'unwire', uuid) }
  }
  if (target === 'disabled' && last?.state === 'Enabled') {
    return { verb: 'disable', message: about('disable'), command: toolCommand(clients, 'disable', uuid) }
  }
  return undefined
}

/** The states that a mapping does not have while AWS deletes it; an unknown word may mean anything. */
const notDeleting: ReadonlySet<string> = new Set([
  'Creating',
  'Enabling',
  'Enabled',
  'Disabling',
  'Disabled',
  'Updating',
])

function resume({ uuid, for: target }: WaitRequest, { clients }: Session): string {
  return toolCommand(clients, 'wait', uuid, ...(target === 'enabled' ? [] : ['--for', target]))
}

const inSeconds = (ms: number) => `${Math.round(ms / 100) / 10} s`
