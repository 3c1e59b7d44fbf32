import type { Finding, FindingStatus } from '../../preflight/finding.js'
import { type Health, healths } from './results.js'

/** What one finding says of the thing that it is about. */
export function healthOf({ status, severity }: Pick<Finding, 'status' | 'severity'>): Health {
  if (status === 'fail') return 'error'
  if (status === 'unknown') return 'unknown'
  return status === 'warn' && severity === 'warning' ? 'warning' : 'healthy'
}

export const worse = (one: Health, other: Health): Health =>
  healths.indexOf(one) <= healths.indexOf(other) ? one : other

export const worstOf = (all: readonly Health[]): Health => all.reduce(worse, 'healthy')

export const rankOf = (health: Health) => healths.indexOf(health)

const order: readonly FindingStatus[] = ['fail', 'warn', 'unknown', 'ignored', 'pass', 'skip']

/** Worst first; notes behind warnings. Findings of one rank keep the order of the rules. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => placeOf(a) - placeOf(b))

const placeOf = ({ status, severity }: Finding) =>
  order.indexOf(status) * 2 + (status === 'warn' && severity === 'info' ? 1 : 0)

export const noCounts: Readonly<Record<FindingStatus, number>> = {
  pass: 0,
  warn: 0,
  fail: 0,
  unknown: 0,
  skip: 0,
  ignored: 0,
}

export function countsOf(
  findings: readonly Pick<Finding, 'status'>[],
): Readonly<Record<FindingStatus, number>> {
  const counts = { ...noCounts }
  for (const { status } of findings) counts[status] += 1
  return counts
}
