import { nameIn, roleNameOf } from '../../arn.js'
import type { Change, ChangeMade } from '../../change.js'
import { did } from '../finding-text.js'
import { joined } from './sentences.js'

/** What a change is about: `policy sqs-trigger-orders-1a2b3c4d of role worker-role`, `VisibilityTimeout of queue orders`. */
export function subjectOf(change: Change, id?: string): string {
  switch (change.type) {
    case 'event-source-mapping': {
      const uuid = change.action === 'create' ? (id ?? '') : change.uuid
      return `event source mapping ${uuid}`.trimEnd()
    }
    case 'message-move':
      return `the move of messages out of ${nameIn(change.sourceArn)}`
    case 'mapping-tags': {
      const keys = change.action === 'tag' ? Object.keys(change.tags) : change.keys
      return `${keys.length === 1 ? 'tag' : 'tags'} ${joined(keys)} of mapping ${nameIn(change.mappingArn)}`
    }
    case 'role-policy':
      return `policy ${change.policyName} of role ${roleNameOf(change.roleArn)}`
    case 'stack':
      return `stack ${change.name}`
    case 'queue':
      return `queue ${nameIn(change.queueArn)}`
    case 'queue-attributes':
      return `${joined(Object.keys(change.attributes))} of queue ${nameIn(change.queueArn)}`
  }
}

/** What was changed, in a few words: `role worker-role: sqs-trigger-orders-1a2b3c4d`, `queue orders`, `new queue orders-dlq`. */
export function holderOf(change: Change): string {
  if (change.type === 'role-policy') return `role ${roleNameOf(change.roleArn)}: ${change.policyName}`
  if (change.type === 'queue') return `new queue ${nameIn(change.queueArn)}`
  return change.type === 'queue-attributes' ? `queue ${nameIn(change.queueArn)}` : subjectOf(change)
}

/** `Wrote policy … of role …`: one change that was made. */
export function doneWords(change: Change, { id }: Pick<ChangeMade, 'id'>): string {
  const asked = `Asked AWS to ${change.action}`
  // A mapping goes through Deleting, a stack is made and deleted piece by piece; everything else is done at once.
  if (change.type === 'stack') return `${asked} ${subjectOf(change, id)}`
  const deleted = change.type === 'event-source-mapping' ? asked : 'Deleted'
  const past = { ...did, delete: deleted, set: setWord(change, 'Set', 'Cleared') }
  return `${past[change.action]} ${subjectOf(change, id)}`
}

/** `delete policy … of role …`: one change that is going to be made. */
export function intendedWords(change: Change): string {
  const verb = {
    create: 'create',
    delete: 'delete',
    put: 'write',
    set: setWord(change, 'set', 'clear'),
    update: 'change',
    tag: 'set',
    untag: 'take away',
    start: 'start',
    cancel: 'cancel',
  }
  return `${verb[change.action]} ${subjectOf(change)}`
}

/** An attribute is taken away by setting it to the empty text. */
const setWord = (change: Change, set: string, clear: string) =>
  change.type === 'queue-attributes' && Object.values(change.attributes).every((value) => value === '')
    ? clear
    : set
