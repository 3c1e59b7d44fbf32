import { cloudFormationActions } from './cloudformation/actions.js'
import { cloudWatchActions } from './cloudwatch/actions.js'
import type { Action } from './define-action.js'
import { eventSourceActions } from './event-source/actions.js'
import { iamActions } from './iam/actions.js'
import { kmsActions } from './kms/actions.js'
import { lambdaActions } from './lambda/actions.js'
import { logsActions } from './logs/actions.js'
import { sqsActions } from './sqs/actions.js'
import { stsActions } from './sts/actions.js'
import { taggingActions } from './tagging/actions.js'

/** Every operation that the sandbox knows. Each service lists its own, one file an operation. */
export const actions: readonly Action[] = [
  ...sqsActions,
  // Before Lambda's: a tag request for a mapping is theirs.
  ...eventSourceActions,
  ...lambdaActions,
  ...iamActions,
  ...stsActions,
  ...kmsActions,
  ...logsActions,
  ...cloudWatchActions,
  ...cloudFormationActions,
  ...taggingActions,
]
