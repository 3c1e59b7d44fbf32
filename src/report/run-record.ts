import type { Change, ChangeMade } from '../change.js'
import type { Mapping } from '../mapping.js'
import type { CallContext, OperationEvent, Target } from '../operations/events.js'
import type { Finding } from '../preflight/finding.js'

/** What a run has told so far: every renderer needs it when the run ends early. */
export interface RunRecord {
  readonly context: CallContext | null
  readonly target: Target | null
  readonly findings: readonly Finding[]
  /** There is something to change: from here on a change may be under way. */
  readonly planned: boolean
  /** A change of which an entry of the journal is written first, so that a rollback finds it. */
  readonly repairing: boolean
  /** Of many triggers: the same command again goes on from wherever it was stopped. */
  readonly fleet: boolean
  readonly changed: readonly ChangeMade[]
  /** What was asked for, of each of them. */
  readonly changes: ReadonlyMap<ChangeMade, Change>
  /** The entry of the journal that takes a change back; repairs of one run share it. */
  readonly journaled: ReadonlyMap<ChangeMade, string>
  readonly warnings: readonly string[]
  /** The mapping as it was last seen while waiting. */
  readonly mapping: Mapping | null
  /** Messages that the queue accepted. */
  readonly messageIds: readonly string[]
}

export const emptyRecord: RunRecord = {
  context: null,
  target: null,
  findings: [],
  planned: false,
  repairing: false,
  fleet: false,
  changed: [],
  changes: new Map(),
  journaled: new Map(),
  warnings: [],
  mapping: null,
  messageIds: [],
}

/** The record with one more event. */
export function recorded(record: RunRecord, event: OperationEvent): RunRecord {
  switch (event.type) {
    case 'caller-identified':
      return { ...record, context: event.context }
    case 'target-resolved':
      return { ...record, target: merged(record.target, event.target) }
    case 'facts-gathered':
      // Judged anew, as after a repair: what was found before no longer holds.
      return { ...record, target: merged(record.target, event.target), findings: [] }
    case 'rule-judged':
      return { ...record, findings: [...record.findings, event.finding] }
    case 'planned':
      return {
        ...record,
        planned: event.changes.length > 0,
        repairing: event.changes.some(
          ({ type }) => type === 'role-policy' || type === 'queue' || type === 'queue-attributes',
        ),
      }
    case 'change-applied':
      return {
        ...record,
        changed: [...record.changed, event.made],
        changes: new Map([...record.changes, [event.made, event.change]]),
        journaled:
          event.journalId === undefined
            ? record.journaled
            : new Map([...record.journaled, [event.made, event.journalId]]),
      }
    case 'fleet-progress':
      return record.fleet ? record : { ...record, fleet: true }
    case 'mapping-state':
      return { ...record, mapping: event.mapping }
    case 'message-sent':
      return { ...record, messageIds: [...record.messageIds, event.message.messageId] }
    case 'warning':
      return { ...record, warnings: [...record.warnings, event.message] }
    default:
      return record
  }
}

/** A later step may know less: what was known stays. */
const merged = (before: Target | null, now: Target): Target => ({
  queueArn: now.queueArn ?? before?.queueArn ?? null,
  functionArn: now.functionArn ?? before?.functionArn ?? null,
  roleArn: now.roleArn ?? before?.roleArn ?? null,
})
