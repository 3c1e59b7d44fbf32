import { SqsTriggerError } from '../../errors.js'
import type { Fault } from './yaml-tree.js'

/** More than these help nobody; the rest is counted. */
const mostTold = 20

/** Every fault of a file, in the order of its lines. */
export function faultsError(file: string, faults: readonly Fault[]): SqsTriggerError {
  const sorted = faults.toSorted(
    (one, other) => one.at.line - other.at.line || one.at.column - other.at.column,
  )
  const lines = sorted
    .slice(0, mostTold)
    .map(
      ({ at, message }) => `${file}:${at.line}:${at.column}: ${message}${/[.?!]$/.test(message) ? '' : '.'}`,
    )
  const more = sorted.length - mostTold
  const count = sorted.length === 1 ? 'One thing' : `${sorted.length} things`
  return new SqsTriggerError('USAGE', `${count} in ${file} cannot be read. Nothing was done.`, {
    hint: [...lines, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'),
  })
}
