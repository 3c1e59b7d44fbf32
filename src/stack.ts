/** A CloudFormation stack as it is described. */
export interface Stack {
  readonly id: string
  readonly name: string
  /** `CREATE_IN_PROGRESS`, `ROLLBACK_COMPLETE`, … */
  readonly status: string
  readonly description: string | null
  readonly outputs: Readonly<Record<string, string>>
}

/** Something that happened to a stack, or to a resource of it. */
export interface StackEvent {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly time: string
  /** What the template calls it; of the stack itself its name. */
  readonly resource: string
  /** `AWS::SQS::Queue` */
  readonly resourceType: string
  readonly physicalId: string | null
  readonly status: string
  readonly reason: string | null
}

/** A resource of a stack; null: it has no physical id yet. */
export interface StackResource {
  readonly resource: string
  readonly resourceType: string
  readonly physicalId: string | null
}
