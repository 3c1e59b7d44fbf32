/** A resource that a stack made. The sandbox runs no templates: what belongs to a stack is put here. */
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

/** Resources of stacks by physical id: the name of a role, the URL of a queue. */
export type StackState = Map<string, StackResource>

export const createStackState = (): StackState => new Map()
