import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import { integer, structures, text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import type { MetricName } from './state.js'

/** No refusal of CloudWatch is on record. */
export const refuse = (message: string, code = 'InvalidParameterValueException') =>
  new AwsFault(code, message, { queryCode: code.replace(/Exception$/, ''), recorded: false })

/** Epoch seconds in JSON, ISO 8601 in the older query protocol. Returns epoch milliseconds. */
export function readTime(raw: RawInput, member: string): number {
  const value = raw[member]
  const at =
    typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) throw refuse(`The parameter ${member} is required, as a time.`)
  return at
}

export function readPeriod(raw: RawInput): number {
  const period = integer(raw, 'Period')
  if (period === undefined || period < 60 || period % 60 !== 0) {
    throw refuse('The parameter Period must be a multiple of 60 for metrics of regular resolution.')
  }
  return period
}

/** A metric of the caller's account, as a request names it. */
export function readMetric(raw: RawInput): (call: Call) => MetricName {
  const namespace = required(raw, 'Namespace')
  const name = required(raw, 'MetricName')
  const dimensions = Object.fromEntries(
    (structures(raw, 'Dimensions') ?? []).map((dimension) => [
      required(dimension, 'Name'),
      required(dimension, 'Value'),
    ]),
  )
  return ({ principal, region }) => ({ account: principal.account, region, namespace, name, dimensions })
}

export function required(raw: RawInput, member: string): string {
  const value = text(raw, member)
  if (!value) throw refuse(`The parameter ${member} is required.`, 'MissingParameterException')
  return value
}
