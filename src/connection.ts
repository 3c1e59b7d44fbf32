import type { Change, ChangeMade } from './change.js'
import type { AuditResult } from './fleet/audit/results.js'
import type { Operation } from './operations/events.js'
import type {
  DrainResult,
  LogResult,
  MovePlan,
  MoveResult,
  UnwirePlan,
  UnwireResult,
  UpdatePlan,
  UpdateResult,
  WaitResult,
} from './operations/mapping-results.js'
import type { PolicyInput, PolicyResult } from './operations/policy/request.js'
import type {
  QuickstartApply,
  QuickstartPlan,
  QuickstartRequest,
  QuickstartResult,
  RemovalPlan,
  RemovalResult,
} from './operations/quickstart/results.js'
import type { PeekResult, RedrivePlan, RedriveResult } from './operations/redrive/results.js'
import type {
  ApplyOptions,
  AuditInput,
  DrainRequest,
  ListRequest,
  LogRequest,
  MoveInput,
  PlanOptions,
  RedriveOptions,
  RedriveRequest,
  RepairOptions,
  SendRequest,
  StatusOptions,
  UnwireOptions,
  UpdateInput,
  WaitRequest,
  WireInput,
  WireOptions,
} from './operations/requests.js'
import type {
  ListResult,
  PreflightReport,
  Repair,
  RepairPlan,
  RepairResult,
  RollbackPlan,
  RollbackResult,
  SendResult,
  StatusResult,
  WirePlan,
  WireResult,
} from './operations/results.js'

/** How to reach AWS. What is missing is looked up in the shared config files, as aws-cli does. */
export interface ConnectSettings {
  readonly region?: string
  readonly profile?: string
  /** One URL for all services. */
  readonly endpointUrl?: string
  /** Default 5000. */
  readonly connectTimeoutMs?: number
  /** For one attempt of up to three. Default 10000. */
  readonly readTimeoutMs?: number
  /** Give `process.env` to honour AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL and the like. Default: none of them. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Stops what is under way. */
  readonly signal?: AbortSignal
  /** Where repairs are written down before they are made; absolute. Without it nothing is repaired or rolled back. */
  readonly journalFolder?: string
}

/**
 * The operations of this package, bound to one Region and identity. Each yields events and returns its result; run
 * one with `runToEnd`, or with `for await` when only the events matter. All throw SqsTriggerError.
 */
export interface Connection {
  readonly region: string
  readonly profile: string | null
  /** null: AWS itself. */
  readonly endpoint: string | null
  /** Reads and judges; changes nothing. */
  preflight(request: WireInput): Operation<PreflightReport>
  /** Preflight, and what would be changed; changes nothing. */
  plan(request: WireInput, options?: PlanOptions): Operation<WirePlan>
  /** Creates the mapping of a plan, and waits for it. */
  apply(plan: WirePlan, options?: ApplyOptions): Operation<WireResult>
  /** Plan, apply, and the test message if `request.sendTest` is true: the function then really runs. */
  wire(request: WireInput, options?: WireOptions): Operation<WireResult>
  list(request?: ListRequest): Operation<ListResult>
  /** Judges every mapping of the account in the Region, or in those that are named; changes nothing. */
  audit(request?: AuditInput): Operation<AuditResult>
  /** Least-privilege policies for a queue and a function; changes nothing. */
  policy(request: PolicyInput): Operation<PolicyResult>
  /** @param reference UUID, prefix of eight characters or more, or queue (with `functionName` where it has several). */
  status(reference: string, functionName?: string, options?: StatusOptions): Operation<StatusResult>
  wait(request: WaitRequest): Operation<WaitResult>
  /** Sends messages: the function behind the queue really runs. */
  send(request: SendRequest): Operation<SendResult>
  /** What it takes to move dead letters back, or to stop that; changes nothing. */
  planRedrive(request: RedriveRequest): Operation<RedrivePlan>
  /** Moves them, and tells how it goes on. */
  applyRedrive(plan: RedrivePlan, options?: RedriveOptions): Operation<RedriveResult>
  /** Looks at up to ten dead letters; SQS counts it as a receive. */
  peek(request: Pick<RedriveRequest, 'mapping' | 'functionName'>, count?: number): Operation<PeekResult>
  /** The log of the function behind a mapping; with `follow` until the signal stops it. */
  logs(request: LogRequest): Operation<LogResult>
  /** What it takes to change a mapping; changes nothing. */
  planUpdate(request: UpdateInput, options?: PlanOptions): Operation<UpdatePlan>
  /** Makes the changes of a plan, and waits until the mapping is at rest. */
  applyUpdate(plan: UpdatePlan, options?: ApplyOptions): Operation<UpdateResult>
  /** What it takes to let the function of a mapping read another queue; changes nothing. null: it does. */
  planMove(request: MoveInput, options?: PlanOptions): Operation<MovePlan | null>
  /** Makes a mapping of the new queue, waits until the old queue is empty, and deletes the old mapping. */
  applyMove(plan: MovePlan, options?: ApplyOptions): Operation<MoveResult>
  /** Waits until the queue of a mapping has been empty for a minute. */
  drain(request: DrainRequest): Operation<DrainResult>
  planUnwiring(reference: string, functionName?: string, options?: UnwireOptions): Operation<UnwirePlan>
  /** Deletes the mapping of a plan; queue, messages, function and role stay. */
  applyUnwiring(plan: UnwirePlan, options?: ApplyOptions): Operation<UnwireResult>
  /** Preflight, and what of its objections could be mended; changes nothing. */
  planRepairs(request: WireInput, options?: RepairOptions): Operation<RepairPlan>
  /**
   * Makes one repair of a plan, written down first in the folder `journalFolder`. With the result of the repair before,
   * it goes on with the same entry, so that one rollback takes back all of them.
   */
  applyRepair(repair: Repair, before?: RepairResult): Operation<RepairResult>
  /** What of an entry of the journal can be taken back; changes nothing. @param journalId or its beginning */
  planRollback(journalId: string): Operation<RollbackPlan>
  /** Takes back what still is as it was written; a queue is never deleted. */
  applyRollback(plan: RollbackPlan): Operation<RollbackResult>
  /** What it takes to make a whole trigger from nothing, as a CloudFormation stack; changes nothing. */
  planQuickstart(request?: QuickstartRequest): Operation<QuickstartPlan>
  /** Makes it, tells how it goes on, sends test messages: the function really runs. */
  applyQuickstart(plan: QuickstartPlan, options?: QuickstartApply): Operation<QuickstartResult>
  /** What goes with a stack that `applyQuickstart` made; deletes nothing. @param name of the stack */
  planQuickstartRemoval(name?: string): Operation<RemovalPlan>
  /** Deletes it with all that it made. */
  applyQuickstartRemoval(
    plan: RemovalPlan,
    options?: Pick<QuickstartApply, 'timeoutMs'>,
  ): Operation<RemovalResult>
  /** Makes one change, e.g. a role policy that a finding proposes. */
  change(change: Change): Promise<ChangeMade>
}
