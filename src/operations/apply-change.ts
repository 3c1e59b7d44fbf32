import { roleNameOf } from '../arn.js'
import { createQueue, setQueueAttributes } from '../aws/change-queue.js'
import type { Clients } from '../aws/clients.js'
import { createMapping, deleteMapping } from '../aws/event-source-mapping.js'
import { mayHaveBeenDone } from '../aws/lost-answer.js'
import { cancelMoveTask, startMoveTask } from '../aws/move-tasks.js'
import { deleteRolePolicy, putRolePolicy } from '../aws/role-policy.js'
import { tagMapping, untagMapping, updateMapping } from '../aws/update-mapping.js'
import type { Change, ChangeMade, RepairChange } from '../change.js'
import { commandFor } from '../change-command.js'
import { removeStackCommand, toolCommand, wireCommand } from '../command-line.js'
import { reworded, SqsTriggerError } from '../errors.js'
import type { JournaledChange } from '../journal.js'
import type { Mapping } from '../mapping.js'
import { undoOf } from './repair/undo.js'
import type { Session } from './session.js'

/** A change that was made, with the mapping as AWS answered (null where the change is none of a mapping). */
export interface SentChange {
  readonly made: ChangeMade
  readonly mapping: Mapping | null
}

/**
 * Makes one change in AWS: the only place that does (sending messages aside). It is never cut off by the signal,
 * so that what exists can always be told.
 * @throws SqsTriggerError as AWS answered; where its answer was lost, saying that the change may have been made.
 */
export async function applyChange(change: Change, session: Session): Promise<ChangeMade> {
  return (await sendChange(change, session)).made
}

/**
 * `applyChange` with AWS's answer about the mapping.
 * @param previous what the change replaces, so that `undo` brings it back; undefined: nobody looked. A policy is then
 *   taken to be new, and attributes have no undo. What an update of a mapping replaces its operation knows.
 * @param of the mapping that is updated, so that a hint can name its ends.
 */
export async function sendChange(
  change: Change,
  session: Session,
  previous?: JournaledChange['previous'],
  of?: Mapping,
): Promise<SentChange> {
  try {
    return await sent(change, session, previous, of)
  } catch (error) {
    throw mayHaveBeenDone(error) ? inDoubt(error) : error
  }
}

/** Nobody knows what became of it, and it is not told as what was not done. */
function inDoubt(error: unknown): unknown {
  if (!(error instanceof SqsTriggerError)) return error
  const message = `${error.message} The change may have been made all the same.`
  return reworded(error, { message }, error.cause)
}

async function sent(
  change: Change,
  { clients }: Session,
  previous: JournaledChange['previous'] | undefined,
  of: Mapping | undefined,
): Promise<SentChange> {
  switch (change.type) {
    case 'event-source-mapping': {
      if (change.action === 'create') {
        const mapping = await createMapping(clients, change)
        return { made: madeByCreation(change, mapping, clients), mapping }
      }
      if (change.action === 'update') {
        const mapping = await updateMapping(clients, change, of)
        return { made: made(change, change.uuid, ''), mapping }
      }
      const mapping = await deleteMapping(clients, change.uuid)
      const undo = mapping ? wireCommand(clients, mapping) : ''
      return { made: made(change, change.uuid, undo), mapping }
    }
    case 'message-move':
      if (change.action === 'cancel') await cancelMoveTask(clients, change)
      else await startMoveTask(clients, change)
      return { made: made(change, change.sourceArn, ''), mapping: null }
    case 'mapping-tags':
      await (change.action === 'tag' ? tagMapping(clients, change) : untagMapping(clients, change))
      return { made: made(change, change.mappingArn, ''), mapping: null }
    case 'stack': {
      // The one change whose service nothing else here needs.
      const { createStack, deleteStack } = await import('../aws/stack-life.js')
      await (change.action === 'create' ? createStack(clients, change) : deleteStack(clients, change))
      const undo = change.action === 'create' ? removeStackCommand(clients, change.name) : ''
      return { made: made(change, change.name, undo), mapping: null }
    }
    case 'queue':
      await createQueue(clients, change)
      return { made: made(change, change.queueArn, ''), mapping: null }
    case 'queue-attributes':
      await setQueueAttributes(clients, change)
      return { made: made(change, change.queueArn, undoCommand(change, previous, clients)), mapping: null }
    case 'role-policy': {
      await (change.action === 'delete' ? deleteRolePolicy(clients, change) : putRolePolicy(clients, change))
      const id = `${roleNameOf(change.roleArn)}/${change.policyName}`
      return { made: made(change, id, undoCommand(change, previous, clients)), mapping: null }
    }
  }
}

/** What a creation leaves behind. */
export function madeByCreation(change: Change, { uuid }: Mapping, clients: Clients): ChangeMade {
  return made(change, uuid, toolCommand(clients, 'unwire', uuid))
}

const made = ({ action, type }: Change, id: string, undo: string): ChangeMade => ({ action, type, id, undo })

/** Complete without any journal. Deleting a policy whose text nobody kept cannot be undone. */
function undoCommand(
  change: RepairChange,
  previous: JournaledChange['previous'] | undefined,
  clients: Clients,
): string {
  if (previous === undefined && change.action === 'delete') return ''
  const undo = undoOf(change, previous ?? null)
  return undo === null ? '' : commandFor(undo, clients)
}
