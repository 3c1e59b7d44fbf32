import type { Clients } from '../aws/clients.js'
import { createMapping, deleteMapping } from '../aws/event-source-mapping.js'
import { putRolePolicy } from '../aws/role-policy.js'
import type { Change, ChangeMade } from '../change.js'
import { awsCommand, toolCommand, wireCommand } from '../command-line.js'
import type { Mapping } from '../mapping.js'
import type { Session } from './session.js'

/** A change that was made, with the mapping as AWS answered (null where the change is none of a mapping). */
export interface SentChange {
  readonly made: ChangeMade
  readonly mapping: Mapping | null
}

/**
 * Makes one change in AWS: the only place that does (sending messages aside). It is never cut off by the signal,
 * so that what exists can always be told.
 * @throws SqsTriggerError as AWS answered.
 */
export async function applyChange(change: Change, session: Session): Promise<ChangeMade> {
  return (await sendChange(change, session)).made
}

/** `applyChange` with AWS's answer about the mapping. */
export async function sendChange(change: Change, { clients }: Session): Promise<SentChange> {
  switch (change.type) {
    case 'event-source-mapping': {
      if (change.action === 'create') {
        const mapping = await createMapping(clients, change)
        return { made: madeByCreation(change, mapping, clients), mapping }
      }
      const mapping = await deleteMapping(clients, change.uuid)
      const undo = mapping ? wireCommand(clients, mapping) : ''
      return { made: made(change, change.uuid, undo), mapping }
    }
    case 'role-policy': {
      const roleName = await putRolePolicy(clients, change)
      const undo = awsCommand(
        clients,
        'iam',
        'delete-role-policy',
        '--role-name',
        roleName,
        '--policy-name',
        change.policyName,
      )
      return { made: made(change, `${roleName}/${change.policyName}`, undo), mapping: null }
    }
  }
}

/** What a creation leaves behind. */
export function madeByCreation(change: Change, { uuid }: Mapping, clients: Clients): ChangeMade {
  return made(change, uuid, toolCommand(clients, 'unwire', uuid))
}

const made = ({ action, type }: Change, id: string, undo: string): ChangeMade => ({ action, type, id, undo })
