import type { FunctionAddress, QueueAddress } from '../arn.js'
import type { CallerIdentity } from '../aws/caller-identity.js'
import type { Role } from '../aws/execution-role.js'
import type { Key } from '../aws/key.js'
import type { LambdaFunction } from '../aws/lambda-function.js'
import type { Queue } from '../aws/queue.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { Decision } from '../permissions/decision.js'
import type { Fact, UnknownFact } from './fact.js'

/** Calls of the caller's own that are judged. */
export const callerActions = [
  'lambda:CreateEventSourceMapping',
  'lambda:ListEventSourceMappings',
  'lambda:GetEventSourceMapping',
  'lambda:TagResource',
  'lambda:ListFunctions',
  'lambda:GetFunctionConfiguration',
  'sqs:GetQueueAttributes',
  'sqs:SendMessage',
] as const
export type CallerAction = (typeof callerActions)[number]

/** Calls that Lambda makes with the execution role: the poller's, and the function's own for its log. */
export const roleActions = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'kms:Decrypt',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
] as const
export type RoleAction = (typeof roleActions)[number]

export type PermissionName = `caller ${CallerAction}` | `role ${RoleAction}`

/** An answer that is allowed or denied for certain; an unknown one is an unknown fact. */
export interface Judgement {
  readonly decision: Decision
  /** How it was found out: `live` beats `simulated` beats `evaluated`. */
  readonly certainty: 'live' | 'simulated' | 'evaluated'
  /** What had to be taken for granted. */
  readonly assumptions: readonly string[]
}

/** Where queue and function stand, known before any call. */
export interface Placement {
  readonly queue: QueueAddress
  readonly function: FunctionAddress
  /** Region that calls are sent to. */
  readonly region: string
}

/** The mapping of exactly this queue and function. */
export interface ExistingMapping {
  readonly mapping: Mapping
  /** undefined: nobody asked for tags, or they could not be read. */
  readonly tags?: Readonly<Record<string, string>>
  /** Something that was asked for and that the mapping could not be compared with. */
  readonly unread?: UnknownFact
}

/** What a fact holds when it is known. */
export interface FactValues extends Readonly<Record<PermissionName, Judgement>> {
  readonly placement: Placement
  readonly settings: MappingSettings
  readonly caller: CallerIdentity
  readonly queueExists: boolean
  readonly queue: Queue
  readonly deadLetterQueueExists: boolean
  readonly deadLetterQueue: Pick<Queue, 'arn' | 'name' | 'fifo' | 'retentionSeconds'>
  readonly key: Key
  readonly functionExists: boolean
  readonly qualifierExists: boolean
  readonly lambdaFunction: LambdaFunction
  /** null: none is reserved. */
  readonly reservedConcurrency: number | null
  readonly roleExists: boolean
  readonly role: Role
  readonly roleTrust: Judgement
  /** All mappings of the caller's account that read from the queue. */
  readonly mappings: readonly Mapping[]
  /** null: there is none yet; one that is being deleted no longer counts. */
  readonly existingMapping: ExistingMapping | null
}

export type FactName = keyof FactValues

export type Facts = { readonly [Name in FactName]: Fact<FactValues[Name]> }
