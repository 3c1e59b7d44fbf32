import type { MappingSettings } from './mapping.js'
import type { ClearableSetting } from './mapping-update.js'

/**
 * Everything that this tool may change in AWS, as data: printed by `--dry-run`, confirmed by the command, sent
 * by `operations/apply-change.ts` and by nothing else. Each names the IAM action that it needs.
 */
export type Change =
  | CreateMapping
  | UpdateMapping
  | DeleteMapping
  | TagMapping
  | UntagMapping
  | StartMove
  | CancelMove
  | PutRolePolicy
  | DeleteRolePolicy
  | CreateQueue
  | SetQueueAttributes
  | CreateStack
  | DeleteStack

/** The changes that a repair is made of: those that a journal holds and a rollback undoes. */
export type RepairChange = PutRolePolicy | DeleteRolePolicy | CreateQueue | SetQueueAttributes

export interface CreateMapping {
  readonly action: 'create'
  readonly type: 'event-source-mapping'
  readonly iamAction: 'lambda:CreateEventSourceMapping'
  readonly queueArn: string
  readonly functionArn: string
  readonly settings: MappingSettings
}

/** What is not named stays as it is. */
export interface UpdateMapping {
  readonly action: 'update'
  readonly type: 'event-source-mapping'
  readonly iamAction: 'lambda:UpdateEventSourceMapping'
  readonly uuid: string
  /** Both poller counts stand together, because AWS takes them as one. Tags are changes of their own. */
  readonly settings: Omit<MappingSettings, 'tags'>
  readonly clear: readonly ClearableSetting[]
  /** The function that is called from then on; null: the same. */
  readonly functionArn: string | null
}

export interface TagMapping {
  readonly action: 'tag'
  readonly type: 'mapping-tags'
  readonly iamAction: 'lambda:TagResource'
  readonly mappingArn: string
  readonly tags: Readonly<Record<string, string>>
}

export interface UntagMapping {
  readonly action: 'untag'
  readonly type: 'mapping-tags'
  readonly iamAction: 'lambda:UntagResource'
  readonly mappingArn: string
  readonly keys: readonly string[]
}

/** Moves all messages of a dead-letter queue back to the queues that they came from. */
export interface StartMove {
  readonly action: 'start'
  readonly type: 'message-move'
  readonly iamAction: 'sqs:StartMessageMoveTask'
  readonly sourceArn: string
  /** Messages in a second; null: SQS decides. */
  readonly maxPerSecond: number | null
}

export interface CancelMove {
  readonly action: 'cancel'
  readonly type: 'message-move'
  readonly iamAction: 'sqs:CancelMessageMoveTask'
  readonly sourceArn: string
  readonly handle: string
}

export interface DeleteMapping {
  readonly action: 'delete'
  readonly type: 'event-source-mapping'
  readonly iamAction: 'lambda:DeleteEventSourceMapping'
  readonly uuid: string
}

export interface PutRolePolicy {
  readonly action: 'put'
  readonly type: 'role-policy'
  readonly iamAction: 'iam:PutRolePolicy'
  readonly roleArn: string
  readonly policyName: string
  /** The whole policy document. */
  readonly policy: Readonly<Record<string, unknown>>
}

export interface DeleteRolePolicy {
  readonly action: 'delete'
  readonly type: 'role-policy'
  readonly iamAction: 'iam:DeleteRolePolicy'
  readonly roleArn: string
  readonly policyName: string
}

export interface CreateQueue {
  readonly action: 'create'
  readonly type: 'queue'
  readonly iamAction: 'sqs:CreateQueue'
  readonly queueArn: string
  /** As SQS takes them: names and texts. */
  readonly attributes: Readonly<Record<string, string>>
}

export interface SetQueueAttributes {
  readonly action: 'set'
  readonly type: 'queue-attributes'
  readonly iamAction: 'sqs:SetQueueAttributes'
  readonly queueArn: string
  /** As SQS takes them; the empty text clears a policy. Attributes that are not named stay as they are. */
  readonly attributes: Readonly<Record<string, string>>
}

/** A CloudFormation stack: everything that its template describes, or nothing. */
export interface CreateStack {
  readonly action: 'create'
  readonly type: 'stack'
  readonly iamAction: 'cloudformation:CreateStack'
  readonly name: string
  /** The template, as JSON. */
  readonly template: string
  /** Values of the template's parameters; one that is to be shown nowhere is `****` wherever the change is told. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Deletes a stack with all that it made. */
export interface DeleteStack {
  readonly action: 'delete'
  readonly type: 'stack'
  readonly iamAction: 'cloudformation:DeleteStack'
  /** Its id, so that no other of the same name is meant. */
  readonly stackId: string
  readonly name: string
}

/**
 * A change that was made: one entry of `changed[]` in the JSON document. `undo` is a complete command; empty where
 * nothing undoes it: a queue is never deleted.
 */
export interface ChangeMade {
  readonly action: Change['action']
  readonly type: Change['type']
  readonly id: string
  readonly undo: string
}
