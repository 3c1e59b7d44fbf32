/**
 * The settings of an event source mapping that a person may choose for an SQS queue. A missing member means
 * "not asked for": AWS's default on create, left alone otherwise. Ranges stand in `limits.ts`.
 */
export interface MappingSettings {
  readonly batchSize?: number
  readonly batchWindowSeconds?: number
  readonly maxConcurrency?: number
  readonly minimumPollers?: number
  readonly maximumPollers?: number
  readonly reportBatchItemFailures?: boolean
  /** Filter patterns, each the JSON text of one pattern; a message is kept when any of them matches. */
  readonly filters?: readonly string[]
  readonly eventCountMetrics?: boolean
  readonly tags?: Readonly<Record<string, string>>
  /** false creates the mapping Disabled (`--start-disabled`). */
  readonly enabled?: boolean
}

/** States as the Lambda API spells them; an unknown word from AWS is kept as it is and treated as pending. */
export type MappingState =
  | 'Creating'
  | 'Enabling'
  | 'Enabled'
  | 'Disabling'
  | 'Disabled'
  | 'Updating'
  | 'Deleting'
  | (string & {})

/** One event source mapping as AWS reports it. */
export interface Mapping {
  readonly uuid: string
  readonly arn?: string
  readonly queueArn: string
  /** As AWS echoes it: with the alias or version when one was given. */
  readonly functionArn: string
  readonly state: MappingState
  readonly stateTransitionReason?: string
  /** ISO 8601, UTC. */
  readonly lastModified?: string
  readonly batchSize: number
  readonly batchWindowSeconds: number
  readonly maxConcurrency?: number
  readonly minimumPollers?: number
  readonly maximumPollers?: number
  readonly reportBatchItemFailures: boolean
  /** Undefined when AWS withholds them (encrypted filters in a list). */
  readonly filters?: readonly string[]
  /** The key of one's own that encrypts the filters, where there is one. */
  readonly filterKeyArn?: string
  readonly eventCountMetrics: boolean
}
