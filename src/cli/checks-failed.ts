import { type ErrorCode, SqsTriggerError } from '../errors.js'
import type { Finding } from '../preflight/finding.js'
import { exitStatusFor } from './exit-codes.js'

/** Findings whose failure means that an end of the wiring does not exist. */
const missing: Readonly<Record<string, ErrorCode>> = {
  'queue-not-found': 'QUEUE_NOT_FOUND',
  'function-not-found': 'FUNCTION_NOT_FOUND',
  'qualifier-not-found': 'FUNCTION_NOT_FOUND',
}

interface AboutFixes {
  /** The same command with `--fix`, where it was run without. */
  readonly offer?: string
  /** How many repairs were made before these findings. Default: none. */
  readonly made?: number
}

/**
 * The error of a preflight that found these to stand in the way; undefined for none. The hint offers `--fix` where that
 * would mend one of them, otherwise it is the first fix. Under `--strict` unknown ones may be among them.
 */
export function checksFailed(
  blocking: readonly Finding[],
  findings: readonly Finding[],
  { offer, made = 0 }: AboutFixes = {},
): SqsTriggerError | undefined {
  const unknown = blocking.filter(({ status }) => status === 'unknown')
  const failed = blocking.filter(({ status }) => status !== 'unknown')
  const [first] = [...failed, ...unknown]
  if (first === undefined) return undefined
  const codeOf = ({ rule, status }: Finding): ErrorCode =>
    (status === 'unknown' ? undefined : missing[rule]) ?? 'CHECKS_FAILED'
  const status = exitStatusFor(blocking.map(codeOf))
  const decisive = failed.find((finding) => status.errors.includes(codeOf(finding))) ?? first
  const code = codeOf(decisive)
  const judged = findings.filter((finding) => finding.status !== 'skip').length
  const changed =
    made === 0 ? 'Nothing was changed.' : `That is after ${made === 1 ? 'one fix' : `${made} fixes`}.`
  const checks = `${counted(failed.length, unknown, judged)} ${changed}`
  const message = code === 'CHECKS_FAILED' ? checks : `${decisive.message} ${checks}`
  const mends = code === 'CHECKS_FAILED' && failed.some(({ fix }) => fix?.automatic === true)
  const hint =
    offer !== undefined && mends
      ? `let this tool fix it: ${offer}`
      : (decisive.fix?.commands[0]?.text ?? decisive.fix?.summary)
  return new SqsTriggerError(code, message, hint === undefined ? {} : { hint })
}

/** How many failed, how many are unknown, and what would settle the first of those. */
function counted(failed: number, unknown: readonly Finding[], judged: number): string {
  const some = failed === 0 ? `${unknown.length} of ${judged} checks` : `${failed} of ${judged} checks failed`
  if (unknown.length === 0) return `${some}.`
  const are = unknown.length === 1 ? 'is' : 'are'
  const open = failed === 0 ? `${some} ${are} unknown` : `${some} and ${unknown.length} ${are} unknown`
  const permission = unknown[0]?.gap?.permission ?? null
  const which = unknown.length === 1 ? 'it' : 'the first'
  const settle = permission === null ? '' : `; ${permission} would settle ${which}`
  return `${open}, which --strict does not let pass${settle}.`
}
