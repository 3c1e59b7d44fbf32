import type { FunctionAddress, QueueAddress } from '../../arn.js'
import type { Extra } from '../../permissions/caller-extras.js'
import type { GeneratedPolicy } from '../../permissions/policy-template.js'
import type { CallContext } from '../events.js'

/** Whose document. */
export type PolicyPart = 'role' | 'caller' | 'queue' | 'key'

/** Which documents, as programs ask for them. */
export interface PolicyInput {
  /** Name, URL or ARN. */
  readonly queue: string
  /** Name, `name:alias`, partial or full ARN. */
  readonly function: string
  /** Default `all`: those that apply; queue and key only where they are in another account. */
  readonly for?: PolicyPart | 'all'
  /** true: also what a repair needs, in a document of its own. Default false. */
  readonly withFix?: boolean
  /** What the caller is to do beside the rest; `redrive` needs a dead-letter queue. Default: nothing. */
  readonly with?: readonly Extra[]
  /** How narrowly a key may be used: for this queue's messages (default), through SQS, or at all. */
  readonly keyCondition?: 'context' | 'via' | 'none'
  /** The execution role; default: the function is asked. */
  readonly roleArn?: string
  /** null: no customer managed key encrypts the queue. Default: queue and key are asked. */
  readonly keyArn?: string | null
  /** The user or role that runs the commands; default: whoever calls now. */
  readonly callerArn?: string
  readonly deadLetterQueueArn?: string
  /** The permissions boundary that a role must have to be fixed; default: the one that the role has. */
  readonly boundaryArn?: string
}

type Chosen = 'for' | 'withFix' | 'with' | 'keyCondition'

/** The same with every default filled in. */
export type PolicyRequest = Omit<PolicyInput, Chosen> & Required<Pick<PolicyInput, Chosen>>

/** What the documents are about, once names are resolved and AWS was asked. */
export interface PolicyTarget {
  readonly queue: QueueAddress
  /** As templates name it. */
  readonly queueUrl: string
  readonly function: FunctionAddress
  readonly logGroup: string
  /** null: not known, and not needed. */
  readonly roleArn: string | null
  readonly boundaryArn: string | null
  readonly keyArn: string | null
  /** A user or a role; null: not known, or someone whose rights are no policy. */
  readonly caller: {
    readonly kind: 'user' | 'role'
    readonly name: string
    readonly arns: readonly string[]
  } | null
  readonly deadLetterQueueArn: string | null
  /** Text of the queue's policy; null: it has none; undefined: it was not read. */
  readonly queuePolicy?: string | null
}

export interface PolicyResult {
  /** null: AWS was not asked. */
  readonly context: CallContext | null
  readonly documents: readonly GeneratedPolicy[]
}
