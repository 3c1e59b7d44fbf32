import type { MappingSettings } from './mapping.js'

/**
 * Everything that this tool may change in AWS, as data: printed by `--dry-run`, confirmed by the command, sent
 * by `operations/apply-change.ts` and by nothing else. Each names the IAM action that it needs.
 */
export type Change = CreateMapping | DeleteMapping | PutRolePolicy

export interface CreateMapping {
  readonly action: 'create'
  readonly type: 'event-source-mapping'
  readonly iamAction: 'lambda:CreateEventSourceMapping'
  readonly queueArn: string
  readonly functionArn: string
  readonly settings: MappingSettings
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

/** A change that was made: one entry of `changed[]` in the JSON document. `undo` is a complete command. */
export interface ChangeMade {
  readonly action: Change['action']
  readonly type: Change['type']
  readonly id: string
  readonly undo: string
}
