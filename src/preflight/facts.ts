import type { FunctionAddress, QueueAddress } from '../arn.js'
import type { CallerIdentity } from '../aws/caller-identity.js'
import type { Role } from '../aws/execution-role.js'
import type { Key } from '../aws/key.js'
import type { LambdaFunction } from '../aws/lambda-function.js'
import type { Queue } from '../aws/queue.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { Decision, Evidence } from '../permissions/decision.js'
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
  'kms:GenerateDataKey',
  'kms:Decrypt',
] as const
export type CallerAction = (typeof callerActions)[number]

/** Calls made with the execution role: the poller's, those for log and durable executions, the handler's own sends. */
export const roleActions = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'kms:Decrypt',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:SendMessage',
  'lambda:CheckpointDurableExecution',
  'lambda:GetDurableExecutionState',
] as const
export type RoleAction = (typeof roleActions)[number]

/** What the poller calls on the queue. */
export const pollActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const
export type PollAction = (typeof pollActions)[number]

export type PermissionName = `caller ${CallerAction}` | `role ${RoleAction}`

/** An answer that is allowed or denied for certain; an unknown one is an unknown fact. */
export interface Judgement {
  readonly decision: Decision
  /** How it was found out: `live` beats `simulated` beats `evaluated`. */
  readonly certainty: 'live' | 'simulated' | 'evaluated'
  /** What had to be taken for granted. */
  readonly assumptions: readonly string[]
  /** Where the resource's own policy refuses: what the others say beside it, as if it left the decision to them. */
  readonly otherwise?: Fact<Judgement>
  /** What the resource's own policy says against it as well, where another rule tells that. */
  readonly toldElsewhere?: readonly Evidence[]
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

/** `isCertain` false: whether there is a mapping, with a window of its own, could not be read. */
export interface BatchWindow {
  readonly seconds: number
  readonly isCertain: boolean
}

/** How the function, called by the queue, can put messages into that same queue. */
export interface WritesBack {
  /** Names of the environment variables that hold the queue's name, URL or ARN. Never their values. */
  readonly variables: readonly string[]
  /** Whether the role may send to the queue; null: no variable names the queue, so it does not matter. */
  readonly maySend: Judgement | null
  /** The queue is the function's own dead-letter queue, where Lambda sends in its name. */
  readonly asDeadLetterQueue: boolean
}

/** What a fact holds when it is known. */
export interface FactValues extends Readonly<Record<PermissionName, Judgement>> {
  readonly placement: Placement
  readonly settings: MappingSettings
  readonly caller: CallerIdentity
  readonly queueExists: boolean
  readonly queue: Queue
  readonly deadLetterQueueExists: boolean
  readonly deadLetterQueue: Pick<
    Queue,
    'arn' | 'name' | 'fifo' | 'retentionSeconds' | 'redriveAllowPolicy' | 'messages' | 'redrive'
  >
  /** All mappings of the caller's account that read from the dead-letter queue. */
  readonly deadLetterMappings: readonly Mapping[]
  readonly key: Key
  readonly functionExists: boolean
  readonly qualifierExists: boolean
  readonly lambdaFunction: LambdaFunction
  /** null: none is reserved. */
  readonly reservedConcurrency: number | null
  readonly roleExists: boolean
  readonly role: Role
  readonly roleTrust: Judgement
  /** Whether the role may make the function's log group; null: the group is there, so that nobody has to. */
  readonly newLogGroup: Judgement | null
  /** What the queue's policy says of the role's calls, as if the role's own policies allowed them. */
  readonly queuePolicyOnRole: Readonly<Record<PollAction, Fact<Judgement>>>
  /** What the key's policy and grants say of the role's kms:Decrypt, in the same way. */
  readonly keyPolicyOnRole: Judgement
  /** All mappings of the caller's account that read from the queue. */
  readonly mappings: readonly Mapping[]
  /** null: there is none yet; one that is being deleted no longer counts. */
  readonly existingMapping: ExistingMapping | null
  /** The filters that messages will meet: those asked for, else those of the existing mapping. Empty: none. */
  readonly activeFilters: readonly string[]
  /** The batching window that batches will wait for: the one asked for, else that of the existing mapping. */
  readonly batchWindow: BatchWindow
  /** Further mappings of the function, of whatever queue; null: nothing turns on them. */
  readonly functionMappings: readonly Mapping[] | null
  /** The test message that is going to be sent. */
  readonly testMessage: { readonly body: string }
  readonly writesBack: WritesBack
  /** `Allow` or `Terminate`; only known where something points at a loop. */
  readonly recursionDetection: string
}

export type FactName = keyof FactValues

export type Facts = { readonly [Name in FactName]: Fact<FactValues[Name]> }
