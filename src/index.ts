/** The public API: the operations behind the commands, without the SDK in any type. */
export { type CallSettings, preflight, wire } from './at-once.js'
export type {
  CancelMove,
  Change,
  ChangeMade,
  CreateMapping,
  CreateQueue,
  CreateStack,
  DeleteMapping,
  DeleteRolePolicy,
  DeleteStack,
  PutRolePolicy,
  SetQueueAttributes,
  StartMove,
  TagMapping,
  UntagMapping,
  UpdateMapping,
} from './change.js'
export type { SettingDifference } from './compare-settings.js'
export { connect } from './connect.js'
export type { Connection, ConnectSettings } from './connection.js'
export { type AwsErrorDetail, type ErrorCode, SqsTriggerError } from './errors.js'
export type {
  AuditedFunction,
  AuditedMapping,
  AuditedPlace,
  AuditedQueue,
  AuditedRole,
  AuditResult,
  AuditSummary,
  Health,
  Orphan,
} from './fleet/audit/results.js'
export type { JournalEntry, JournaledChange } from './journal.js'
export type { Mapping, MappingSettings, MappingState } from './mapping.js'
export type { ClearableSetting, MappingUpdate } from './mapping-update.js'
export type { MessageAttribute } from './message-attributes.js'
export type {
  CallContext,
  LogEntry,
  MissingPermission,
  Operation,
  OperationEvent,
  Proof,
  ProofHop,
  ProofLevel,
  QueueCounters,
  SentMessage,
  Target,
} from './operations/events.js'
export {
  type Explained,
  type ExplainOptions,
  explainError,
  type PastedError,
} from './operations/explain-error.js'
export type {
  DrainResult,
  LogResult,
  MovePlan,
  MoveResult,
  Revocation,
  UnwirePlan,
  UnwireResult,
  UpdatePlan,
  UpdateResult,
  WaitResult,
} from './operations/mapping-results.js'
export type { PolicyInput, PolicyResult } from './operations/policy/request.js'
export type {
  QuickstartApply,
  QuickstartPlan,
  QuickstartRequest,
  QuickstartResult,
  RemovalPlan,
  RemovalResult,
} from './operations/quickstart/results.js'
export type { LastRun, PeekResult, RedrivePlan, RedriveResult } from './operations/redrive/results.js'
export type {
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
  WaitTarget,
  WireInput,
  WireOptions,
} from './operations/requests.js'
export type {
  ConsoleLinks,
  ListResult,
  PlanOutcome,
  PreflightReport,
  QueueStatus,
  RefusedMessage,
  Repair,
  RepairPlan,
  RepairResult,
  RollbackPlan,
  RollbackResult,
  SendResult,
  StatusMetrics,
  StatusResult,
  StayReason,
  UndoStep,
  WirePlan,
  WireResult,
} from './operations/results.js'
export { runToEnd } from './operations/run-to-end.js'
export type { Attachment, GeneratedPolicy } from './permissions/policy-template.js'
export type {
  Finding,
  FindingEvidence,
  FindingStatus,
  Fix,
  Group,
  Severity,
  Subject,
} from './preflight/finding.js'
export type { Sample, SampleVerdict } from './preflight/samples.js'
export type { StackEvent, StackResource } from './stack.js'
