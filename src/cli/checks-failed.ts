import { type ErrorCode, SqsTriggerError } from '../errors.js'
import type { Finding } from '../preflight/finding.js'
import { exitStatusFor } from './exit-codes.js'

/** Findings whose failure means that an end of the wiring does not exist. */
const missing: Readonly<Record<string, ErrorCode>> = {
  'queue-not-found': 'QUEUE_NOT_FOUND',
  'function-not-found': 'FUNCTION_NOT_FOUND',
  'qualifier-not-found': 'FUNCTION_NOT_FOUND',
}

/** The error of a preflight that found these to stand in the way; undefined for none. The hint is the first fix. */
export function checksFailed(
  blocking: readonly Finding[],
  findings: readonly Finding[],
): SqsTriggerError | undefined {
  const [first] = blocking
  if (first === undefined) return undefined
  const codeOf = ({ rule }: Finding): ErrorCode => missing[rule] ?? 'CHECKS_FAILED'
  const status = exitStatusFor(blocking.map(codeOf))
  const decisive = blocking.find((finding) => status.errors.includes(codeOf(finding))) ?? first
  const code = codeOf(decisive)
  const judged = findings.filter((finding) => finding.status !== 'skip').length
  const checks = `${blocking.length} of ${judged} checks failed. Nothing was changed.`
  const message = code === 'CHECKS_FAILED' ? checks : `${decisive.message} ${checks}`
  const hint = decisive.fix?.commands[0]?.text ?? decisive.fix?.summary
  return new SqsTriggerError(code, message, hint === undefined ? {} : { hint })
}

/** The findings that stop a run: failed ones, and warnings when that was asked for. Notes never do. */
export function blockingFindings(
  findings: readonly Finding[],
  failOn: 'error' | 'warning',
): readonly Finding[] {
  return findings.filter(
    ({ status, severity }) =>
      status === 'fail' || (failOn === 'warning' && status === 'warn' && severity === 'warning'),
  )
}
