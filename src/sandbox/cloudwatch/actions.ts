import type { Action } from '../define-action.js'
import getMetricData from './actions/GetMetricData.js'
import getMetricStatistics from './actions/GetMetricStatistics.js'

/** The operations of CloudWatch that the sandbox knows: metrics are read; SQS and Lambda write them. */
export const cloudWatchActions: readonly Action[] = [getMetricData, getMetricStatistics]
