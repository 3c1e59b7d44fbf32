import type { LambdaFunction } from '../aws/lambda-function.js'
import type { ListRow, ListSource } from './list-prompt.js'
import { rowsOf, together, troubleOf } from './list-source.js'
import type { TargetLists } from './target-lists.js'

/** The queue that a function is chosen for, as far as it is known. */
export interface ChosenQueue {
  readonly arn: string
  readonly name: string
  /** undefined: could not be read. */
  readonly visibilityTimeoutSeconds?: number
}

/** The functions as rows: runtime, timeout, state, and what speaks against one for this queue. */
export function functionSource(
  { functions, functionDetails, mappings }: TargetLists,
  queue: ChosenQueue | null,
): ListSource {
  const byName = () => new Map(functions.items().map((one) => [one.name, one]))
  let known = { from: functions.items(), names: byName() }
  const listed = (name: string) => {
    if (known.from !== functions.items()) known = { from: functions.items(), names: byName() }
    return known.names.get(name)
  }
  return {
    rows: rowsOf(functions, ({ name, arn }) => ({ key: name, name, aliases: [arn] })),
    reading: () => functions.ending() === undefined,
    trouble: () => troubleOf(functions),
    look: (rows) => functionDetails.want(rows.map(({ key }) => key)),
    settled: (rows) =>
      rows.every(({ key }) => functionDetails.of(key) !== undefined) && mappings.ending() !== undefined,
    onChange: together(functions, functionDetails, mappings),
    cells: ({ key }: ListRow) => {
      const { runtime = 'image', timeoutSeconds } = listed(key) ?? {}
      const detail = functionDetails.of(key)
      return [
        runtime,
        timeoutSeconds === undefined ? '' : `timeout ${timeoutSeconds} s`,
        detail ? stateOf(detail) : '',
      ]
    },
    mark: ({ key }) => {
      const { arn = '', timeoutSeconds } = listed(key) ?? {}
      return markOf(arn, timeoutSeconds)
    },
  }

  function markOf(arn: string, timeoutSeconds: number | undefined): string {
    if (queue === null) return ''
    const wired = mappings
      .items()
      .some(({ queueArn, functionArn }) => queueArn === queue.arn && isOf(functionArn, arn))
    if (wired) return 'wired already'
    const visible = queue.visibilityTimeoutSeconds
    if (visible !== undefined && timeoutSeconds !== undefined && timeoutSeconds > visible) {
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      return `times out after the queue's ${visible} s`
    }
    return ''
  }
}

/** A mapping may name an alias or a version. */
const isOf = (wired: string, arn: string) => wired === arn || wired.startsWith(`${arn}:`)

function stateOf({ state, lastUpdateStatus }: LambdaFunction): string {
  return lastUpdateStatus === 'InProgress' ? `${state}, being updated` : state
}
