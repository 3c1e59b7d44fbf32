import type { Action } from '../define-action.js'
import changeMessageVisibility from './actions/ChangeMessageVisibility.js'
import changeMessageVisibilityBatch from './actions/ChangeMessageVisibilityBatch.js'
import createQueue from './actions/CreateQueue.js'
import deleteMessage from './actions/DeleteMessage.js'
import deleteMessageBatch from './actions/DeleteMessageBatch.js'
import deleteQueue from './actions/DeleteQueue.js'
import getQueueAttributes from './actions/GetQueueAttributes.js'
import getQueueUrl from './actions/GetQueueUrl.js'
import listDeadLetterSourceQueues from './actions/ListDeadLetterSourceQueues.js'
import listQueues from './actions/ListQueues.js'
import listQueueTags from './actions/ListQueueTags.js'
import purgeQueue from './actions/PurgeQueue.js'
import receiveMessage from './actions/ReceiveMessage.js'
import sendMessage from './actions/SendMessage.js'
import sendMessageBatch from './actions/SendMessageBatch.js'
import setQueueAttributes from './actions/SetQueueAttributes.js'
import tagQueue from './actions/TagQueue.js'
import untagQueue from './actions/UntagQueue.js'

/** The operations of SQS that the sandbox knows. */
export const sqsActions: readonly Action[] = [
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  createQueue,
  deleteMessage,
  deleteMessageBatch,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  listQueueTags,
  purgeQueue,
  receiveMessage,
  sendMessage,
  sendMessageBatch,
  setQueueAttributes,
  tagQueue,
  untagQueue,
]
