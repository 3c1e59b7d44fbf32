import type { Rule } from '../rule.js'
import awsManagedKeyAcrossAccounts from './aws-managed-key-across-accounts.js'
import batchMayExceedPayload from './batch-may-exceed-payload.js'
import batchSizeNeedsWindow from './batch-size-needs-window.js'
import batchSizeOutOfRange from './batch-size-out-of-range.js'
import callerLacksCreateEventSourceMapping from './caller-lacks-create-event-source-mapping.js'
import callerLacksGetEventSourceMapping from './caller-lacks-get-event-source-mapping.js'
import callerLacksGetFunctionConfiguration from './caller-lacks-get-function-configuration.js'
import callerLacksGetQueueAttributes from './caller-lacks-get-queue-attributes.js'
import callerLacksKeyForTestMessage from './caller-lacks-key-for-test-message.js'
import callerLacksListEventSourceMappings from './caller-lacks-list-event-source-mappings.js'
import callerLacksListFunctions from './caller-lacks-list-functions.js'
import callerLacksSendMessage from './caller-lacks-send-message.js'
import callerLacksTagResource from './caller-lacks-tag-resource.js'
import deadLetterQueueIsSource from './dead-letter-queue-is-source.js'
import deadLetterQueueMissing from './dead-letter-queue-missing.js'
import deadLetterQueueRefusesSource from './dead-letter-queue-refuses-source.js'
import deadLetterQueueTypeDiffers from './dead-letter-queue-type-differs.js'
import deadLetterQueueWiredToSameFunction from './dead-letter-queue-wired-to-same-function.js'
import deadLetterRetentionTooShort from './dead-letter-retention-too-short.js'
import durableFunctionTimeoutTooLong from './durable-function-timeout-too-long.js'
import durableFunctionUnqualified from './durable-function-unqualified.js'
import fifoBatchSizeAboveTen from './fifo-batch-size-above-ten.js'
import filterCountAboveLimit from './filter-count-above-limit.js'
import filterDeletesUnmatched from './filter-deletes-unmatched.js'
import filterKeyNotBody from './filter-key-not-body.js'
import filterPatternInvalid from './filter-pattern-invalid.js'
import functionDeadLetterQueueUnused from './function-dead-letter-queue-unused.js'
import functionNotActive from './function-not-active.js'
import functionNotFound from './function-not-found.js'
import functionNotInCallerAccount from './function-not-in-caller-account.js'
import functionTenantIsolated from './function-tenant-isolated.js'
import functionUpdateInProgress from './function-update-in-progress.js'
import functionWritesToItsQueue from './function-writes-to-its-queue.js'
import keyNotUsable from './key-not-usable.js'
import keyPolicyOmitsRole from './key-policy-omits-role.js'
import mappingDiffers from './mapping-differs.js'
import mappingDisabledByLambda from './mapping-disabled-by-lambda.js'
import mappingDisabledWithBacklog from './mapping-disabled-with-backlog.js'
import mappingExists from './mapping-exists.js'
import mappingWithoutFunction from './mapping-without-function.js'
import mappingWithoutQueue from './mapping-without-queue.js'
import maxReceiveCountBelowFive from './max-receive-count-below-five.js'
import maximumConcurrencyAboveReserved from './maximum-concurrency-above-reserved.js'
import maximumConcurrencyOutOfRange from './maximum-concurrency-out-of-range.js'
import noDeadLetterQueue from './no-dead-letter-queue.js'
import notAnSqsQueue from './not-an-sqs-queue.js'
import partialBatchResponseOff from './partial-batch-response-off.js'
import partitionsDiffer from './partitions-differ.js'
import pollersOutOfRange from './pollers-out-of-range.js'
import pollersWithMaximumConcurrency from './pollers-with-maximum-concurrency.js'
import qualifierNotFound from './qualifier-not-found.js'
import queueHasBacklog from './queue-has-backlog.js'
import queueHasOtherConsumers from './queue-has-other-consumers.js'
import queueNotFound from './queue-not-found.js'
import queuePolicyDeniesRole from './queue-policy-denies-role.js'
import queuePolicyOmitsRole from './queue-policy-omits-role.js'
import recursionDetectionOff from './recursion-detection-off.js'
import regionsDiffer from './regions-differ.js'
import reservedConcurrencyBelowFive from './reserved-concurrency-below-five.js'
import reservedConcurrencyZero from './reserved-concurrency-zero.js'
import retentionEndsBeforeDeadLetter from './retention-ends-before-dead-letter.js'
import roleLacksDecrypt from './role-lacks-decrypt.js'
import roleLacksDeleteMessage from './role-lacks-delete-message.js'
import roleLacksDurablePermissions from './role-lacks-durable-permissions.js'
import roleLacksGetQueueAttributes from './role-lacks-get-queue-attributes.js'
import roleLacksLogPermissions from './role-lacks-log-permissions.js'
import roleLacksReceiveMessage from './role-lacks-receive-message.js'
import roleNotAssumableByLambda from './role-not-assumable-by-lambda.js'
import roleNotFound from './role-not-found.js'
import testMessageFiltered from './test-message-filtered.js'
import testMessageInvalid from './test-message-invalid.js'
import testMessageTooLarge from './test-message-too-large.js'
import visibilityTimeoutBelowFunctionTimeout from './visibility-timeout-below-function-timeout.js'
import visibilityTimeoutLeavesNoRetryRoom from './visibility-timeout-leaves-no-retry-room.js'
import windowOnFifo from './window-on-fifo.js'
import windowOutOfRange from './window-out-of-range.js'

/** The catalogue, in the order in which findings are told: by group, and within a group by what to mend first. */
export const rules: readonly Rule[] = [
  callerLacksCreateEventSourceMapping,
  callerLacksTagResource,
  callerLacksListEventSourceMappings,
  callerLacksGetEventSourceMapping,
  callerLacksListFunctions,
  callerLacksGetQueueAttributes,
  callerLacksGetFunctionConfiguration,
  callerLacksSendMessage,
  callerLacksKeyForTestMessage,
  notAnSqsQueue,
  partitionsDiffer,
  regionsDiffer,
  functionNotInCallerAccount,
  awsManagedKeyAcrossAccounts,
  queuePolicyDeniesRole,
  queuePolicyOmitsRole,
  queueNotFound,
  visibilityTimeoutBelowFunctionTimeout,
  visibilityTimeoutLeavesNoRetryRoom,
  noDeadLetterQueue,
  deadLetterQueueMissing,
  deadLetterQueueIsSource,
  deadLetterQueueTypeDiffers,
  deadLetterQueueRefusesSource,
  maxReceiveCountBelowFive,
  deadLetterRetentionTooShort,
  retentionEndsBeforeDeadLetter,
  queueHasBacklog,
  keyNotUsable,
  roleLacksDecrypt,
  keyPolicyOmitsRole,
  functionNotFound,
  qualifierNotFound,
  functionNotActive,
  functionUpdateInProgress,
  functionTenantIsolated,
  durableFunctionUnqualified,
  durableFunctionTimeoutTooLong,
  roleLacksDurablePermissions,
  reservedConcurrencyZero,
  reservedConcurrencyBelowFive,
  maximumConcurrencyAboveReserved,
  functionDeadLetterQueueUnused,
  roleNotFound,
  roleNotAssumableByLambda,
  roleLacksReceiveMessage,
  roleLacksDeleteMessage,
  roleLacksGetQueueAttributes,
  roleLacksLogPermissions,
  batchSizeOutOfRange,
  batchSizeNeedsWindow,
  fifoBatchSizeAboveTen,
  windowOutOfRange,
  windowOnFifo,
  maximumConcurrencyOutOfRange,
  pollersOutOfRange,
  pollersWithMaximumConcurrency,
  filterPatternInvalid,
  filterCountAboveLimit,
  mappingDiffers,
  mappingExists,
  queueHasOtherConsumers,
  filterDeletesUnmatched,
  filterKeyNotBody,
  partialBatchResponseOff,
  batchMayExceedPayload,
  functionWritesToItsQueue,
  deadLetterQueueWiredToSameFunction,
  recursionDetectionOff,
  testMessageInvalid,
  testMessageTooLarge,
  testMessageFiltered,
  mappingWithoutQueue,
  mappingWithoutFunction,
  mappingDisabledWithBacklog,
  mappingDisabledByLambda,
]
