import type { Members } from './references.js'

/** A value that differs from place to place. */
export interface Parameter {
  readonly id: string
  readonly description: string
  /** undefined: it names an account or a Region, and has to be given. */
  readonly default?: string
  /** As it is where the export was made. */
  readonly here: string
}

/** One thing of AWS, as CloudFormation describes it. */
export interface Resource {
  readonly id: string
  readonly type: 'AWS::Lambda::EventSourceMapping' | 'AWS::IAM::RolePolicy' | 'AWS::SQS::Queue'
  readonly properties: Members
  /** Of a policy: the queue that it is for. */
  readonly queueArn?: string
  /**
   * Of a mapping: the policy without which AWS refuses it, by its id. Nothing in the properties names that policy, so
   * that both would be made at the same time.
   */
  readonly dependsOn?: string
  /** By which CloudFormation and Terraform find what exists; undefined: it does not exist yet. */
  readonly existing?: { readonly identifier: Readonly<Record<string, string>>; readonly terraformId: string }
}

/** What every format writes down in its own words. */
export interface Infrastructure {
  readonly parameters: readonly Parameter[]
  readonly resources: readonly Resource[]
  /** What is not as the reader may think, a sentence each. */
  readonly notes: readonly string[]
}

/** An import can take over what exists, and create nothing beside it: these wait until it is done. */
export const isCreated = ({ existing }: Resource) => existing === undefined
