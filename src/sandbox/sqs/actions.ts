import type { Action } from '../define-action.js'
import cancelMessageMoveTask from './actions/CancelMessageMoveTask.js'
import changeMessageVisibility from './actions/ChangeMessageVisibility.js'
import changeMessageVisibilityBatch from './actions/ChangeMessageVisibilityBatch.js'
import createQueue from './actions/CreateQueue.js'
import deleteMessage from './actions/DeleteMessage.js'
import deleteMessageBatch from './actions/DeleteMessageBatch.js'
import deleteQueue from './actions/DeleteQueue.js'
import getQueueAttributes from './actions/GetQueueAttributes.js'
import getQueueUrl from './actions/GetQueueUrl.js'
import listDeadLetterSourceQueues from './actions/ListDeadLetterSourceQueues.js'
import listMessageMoveTasks from './actions/ListMessageMoveTasks.js'
import listQueues from './actions/ListQueues.js'
import listQueueTags from './actions/ListQueueTags.js'
import purgeQueue from './actions/PurgeQueue.js'
import receiveMessage from './actions/ReceiveMessage.js'
import sendMessage from './actions/SendMessage.js'
import sendMessageBatch from './actions/SendMessageBatch.js'
import setQueueAttributes from './actions/SetQueueAttributes.js'
import startMessageMoveTask from './actions/StartMessageMoveTask.js'
import tagQueue from './actions/TagQueue.js'
import untagQueue from './actions/UntagQueue.js'

/** The operations of SQS that the sandbox knows. */
export const sqsActions: readonly Action[] = [
  cancelMessageMoveTask,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  createQueue,
  deleteMessage,
  deleteMessageBatch,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listMessageMoveTasks,
  listQueues,
  listQueueTags,
  purgeQueue,
  receiveMessage,
  sendMessage,
  sendMessageBatch,
  setQueueAttributes,
  startMessageMoveTask,
  tagQueue,
  untagQueue,
]
