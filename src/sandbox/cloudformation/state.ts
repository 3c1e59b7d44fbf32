/** A resource that a stack made: which one, and what its template calls it. */
interface StackResource {
  readonly stackName: string
  readonly logicalId: string
  /** As CloudFormation names types: `AWS::IAM::Role`. */
  readonly type: string
  /** Default UPDATE_COMPLETE. */
  readonly status?: string
  readonly account: string
  readonly region: string
}

/** Resources of stacks by physical id: the name of a role, the URL of a queue. Seeds put some here without a template. */
export type StackState = Map<string, StackResource>

export const createStackState = (): StackState => new Map()

/** A resource that was made from a template. */
export interface MadeResource {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  /** What Fn::GetAtt gives, by attribute. */
  readonly attributes: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, unknown>>
}

interface StackEvent {
  readonly id: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason: string | undefined
  readonly time: number
}

/** The parts of a template that the sandbox reads. */
export interface Template {
  readonly description: string | undefined
  readonly parameters: Readonly<Record<string, { readonly noEcho: boolean; readonly value: string }>>
  readonly resources: Readonly<Record<string, TemplateResource>>
  /** Logical ids, each after all that it refers to. */
  readonly order: readonly string[]
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly description?: string }>>
}

export interface TemplateResource {
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** A stack from its creation on; one that was deleted is found by its id only. */
export interface MadeStack {
  readonly id: string
  readonly name: string
  /** Of the request that made it. */
  readonly token: string | undefined
  readonly account: string
  readonly region: string
  readonly template: Template
  readonly tags: ReadonlyMap<string, string>
  readonly createdAt: number
  /** Grows with each operation: a creation that sees another number than its own has been overtaken. */
  operation: number
  deletedAt: number | undefined
  status: string
  statusReason: string | undefined
  outputs: readonly { readonly key: string; readonly value: string; readonly description?: string }[]
  /** By logical id, in the order in which they were made. */
  readonly made: Map<string, MadeResource>
  /** Oldest first. */
  readonly events: StackEvent[]
}

/** Stacks by id. */
export type MadeStacks = Map<string, MadeStack>

export const createMadeStacks = (): MadeStacks => new Map()
