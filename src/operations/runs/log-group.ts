import { readFunction } from '../../aws/lambda-function.js'
import { SqsTriggerError } from '../../errors.js'
import { functionAt } from '../mapping-ends.js'
import type { Session } from '../session.js'

/** Where a function writes its log. */
export interface LogGroupOf {
  readonly logGroup: string
  /** Why it is only the usual name; null: the function says so itself. */
  readonly unreadable: string | null
  /** Of the function; undefined: it has none of Lambda's own, or could not be read. */
  readonly runtime: string | undefined
  /** The version that the alias stands for; undefined: nobody said. */
  readonly version: string | undefined
}

/**
 * The log group that the function names; the usual one where the function cannot be read.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
export async function readLogGroup(functionArn: string, { clients }: Session): Promise<LogGroupOf> {
  const handle = functionAt(functionArn)
  try {
    const { logGroup, runtime, version } = await readFunction(clients, handle)
    return { logGroup, runtime, version, unreadable: null }
  } catch (error) {
    const told = ['ACCESS_DENIED', 'FUNCTION_NOT_FOUND']
    if (!(error instanceof SqsTriggerError) || !told.includes(error.code)) throw error
    const unknown = { runtime: undefined, version: undefined }
    return { logGroup: `/aws/lambda/${handle.name}`, unreadable: error.message, ...unknown }
  }
}
