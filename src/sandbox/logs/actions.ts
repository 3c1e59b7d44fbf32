import type { Action } from '../define-action.js'
import createLogGroup from './actions/CreateLogGroup.js'
import createLogStream from './actions/CreateLogStream.js'
import deleteLogGroup from './actions/DeleteLogGroup.js'
import describeLogGroups from './actions/DescribeLogGroups.js'
import describeLogStreams from './actions/DescribeLogStreams.js'
import filterLogEvents from './actions/FilterLogEvents.js'
import getLogEvents from './actions/GetLogEvents.js'
import putLogEvents from './actions/PutLogEvents.js'
import putRetentionPolicy from './actions/PutRetentionPolicy.js'

/** What the sandbox's CloudWatch Logs can do. */
export const logsActions: readonly Action[] = [
  createLogGroup,
  createLogStream,
  deleteLogGroup,
  describeLogGroups,
  describeLogStreams,
  filterLogEvents,
  getLogEvents,
  putLogEvents,
  putRetentionPolicy,
]
