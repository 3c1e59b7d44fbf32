import type { ErrorCode } from '../../errors.js'
import type { SecondFactor } from '../connection/profile-files.js'

/** The call that failed, with what is known of its subject. */
export interface FailedCall {
  /** IAM's prefix of the service: lambda, sqs, iam, sts, kms, logs; empty: nobody knows. */
  readonly service: string
  /** Empty: nobody knows. */
  readonly operation: string
  readonly region?: string | undefined
  readonly profile?: string | null | undefined
  /** Whose session the profile uses, where it names another as its source. */
  readonly sessionProfile?: string | null | undefined
  /** Of the role that the profile takes, where it wants a code. */
  readonly secondFactor?: SecondFactor | undefined
  /** The keys were found in the environment, so that nobody can sign in to renew them. */
  readonly environmentKeys?: boolean
  /** null: AWS's own. */
  readonly endpoint?: string | null | undefined
  /** The variable that names the proxy which the call went through. */
  readonly proxyVariable?: string | undefined
  /** Name or ARN, where the call had one. */
  readonly queue?: string | undefined
  readonly function?: string | undefined
}

/** The error as it came. */
export interface Failure {
  readonly name: string
  /** The name; the code of SQS's older protocol or of IAM where it differs; the code of a socket. */
  readonly codes: readonly string[]
  readonly text: string
  readonly status: number | undefined
}

/** What an answer is known by; where both members stand, both must match. */
interface Trace {
  /** Any of `codes` of the failure. */
  readonly names?: RegExp
  readonly text?: RegExp
}

/** One answer of AWS, or of the SDK, that can be explained. */
export interface KnownAnswer {
  /** Argument of `explain`, in kebab case; stable, and no rule's. */
  readonly slug: string
  /** What it means, as one line without a full stop. */
  readonly title: string
  readonly code: ErrorCode
  /** One text as it was recorded; left out where AWS's exact words are not known. */
  readonly says?: string
  /** Any of them is enough. */
  readonly when: readonly Trace[]
  /** It tells only that something else failed before. Default false. */
  readonly consequence?: boolean
  /** The rule of the catalogue that looks for the cause before anything is created. */
  readonly rule?: (match: RegExpExecArray, call: FailedCall) => string | undefined
  /** One sentence. `match.input` is the whole text. */
  readonly message: (call: FailedCall, match: RegExpExecArray, failure: Failure) => string
  /** Lines, each a sentence or a command to paste: first what to do in words; the one that helps most stands last. */
  readonly hint: (call: FailedCall, match: RegExpExecArray) => string
}
