import type { Activity } from './activity.js'
import type { SandboxClock } from './clock.js'
import type { MadeStacks, StackState } from './cloudformation/state.js'
import type { MetricsState } from './cloudwatch/state.js'
import type { EventSourceState } from './event-source/state.js'
import type { IamState } from './iam/state.js'
import type { KmsState } from './kms/state.js'
import type { LambdaState } from './lambda/state.js'
import type { LogsState } from './logs/state.js'
import type { SqsState } from './sqs/state.js'

/** How long AWS's own processes take here, in milliseconds. */
export interface Delays {
  /** Creating, Enabling, Updating, Disabling → the state that follows. */
  readonly mappingTransition: number
  /** Deleting → gone. */
  readonly mappingDeletion: number
  /** Pending → Active of a new function. */
  readonly functionActivation: number
  /** Each resource of a CloudFormation stack, until it is made or deleted; what it waits for itself comes on top. */
  readonly stackResource: number
  /** End of a minute → its metrics can be read. */
  readonly metricPublication: number
}

/** What a handler process gets of the machine's time at least, in milliseconds, however far the clock is moved. */
export interface HandlerGrace {
  /** To load its code. */
  readonly init: number
  readonly invocation: number
}

/** Enough to be seen, too little to be waited for. */
export const quickDelays: Delays = {
  mappingTransition: 200,
  mappingDeletion: 200,
  functionActivation: 0,
  stackResource: 50,
  metricPublication: 0,
}
/** As AWS takes its time: seven recorded create → Enabled → delete → gone cycles took 29.5 s each. */
export const awsDelays: Delays = {
  mappingTransition: 10_000,
  mappingDeletion: 8_000,
  functionActivation: 3_000,
  // A guess: CloudFormation gives no number.
  stackResource: 5_000,
  // A guess: the one documented number is SQS's "up to 15 minutes" for a queue that was not in use before.
  metricPublication: 120_000,
}

/**
 * How long services go by the former policies of a role: a guess, because AWS says "eventually consistent" and gives no
 * number. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export const awsIamLagMs = 8_000

/** Everything that the sandbox knows. Resources are keyed by ARN, so that accounts and Regions stay apart. */
export interface World {
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov'
  /** Account of the default caller. */
  readonly account: string
  readonly clock: SandboxClock
  /** Invocations and deliveries report themselves here, so that `settled` can wait for them. */
  readonly activity?: Activity
  readonly delays: Delays
  readonly handlerGrace: HandlerGrace
  /** http://127.0.0.1:<port>; the base of queue URLs and the endpoint given to handler processes. */
  readonly endpoint: string
  readonly iam: IamState
  readonly kms: KmsState
  readonly lambda: LambdaState
  readonly logs: LogsState
  readonly metrics: MetricsState
  readonly sqs: SqsState
  readonly eventSources: EventSourceState
  readonly stacks: StackState
  /** The stacks that were made from templates here. */
  readonly madeStacks: MadeStacks
}
