import { type ErrorCode, SqsTriggerError } from '../errors.js'
import type { Finding } from '../preflight/finding.js'
import type { Strictness } from '../preflight/strictness.js'
import { exitStatusFor } from './exit-codes.js'

/** Findings whose failure means that an end of the wiring does not exist. */
const missing: Readonly<Record<string, ErrorCode>> = {
  'queue-not-found': 'QUEUE_NOT_FOUND',
  'function-not-found': 'FUNCTION_NOT_FOUND',
  'qualifier-not-found': 'FUNCTION_NOT_FOUND',
}

interface AboutRun {
  /** What was asked for under `--strict`. */
  readonly strict?: Strictness | undefined
  /** The same command with `--fix`, where it was run without. */
  readonly offer?: string
  /** That command asks, which cannot be done here. */
  readonly onTerminal?: true
  /** Nothing is mended unless all that stands in the way can be. Default: whatever can be. */
  readonly allOrNothing?: true
  /** How many repairs were made before these findings. Default: none. */
  readonly made?: number
}

/**
 * The error of a preflight that found these to stand in the way; undefined for none. The hint offers `--fix` where that
 * would mend one of them (or all, where it mends nothing else), otherwise it is the first fix. Under `--strict` unknown ones may be among them.
 */
export function checksFailed(
  blocking: readonly Finding[],
  findings: readonly Finding[],
  { offer, onTerminal, allOrNothing, made = 0, strict }: AboutRun = {},
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
  const left = findings.filter(
    (finding) => finding.status === 'unknown' && finding.severity !== 'error' && !blocking.includes(finding),
  ).length
  const checks = `${counted(failed, unknown, { judged, left })} ${changed}`
  const message = code === 'CHECKS_FAILED' ? checks : `${decisive.message} ${checks}`
  const stuck = allOrNothing ? failed.find(({ fix }) => fix?.automatic !== true) : undefined
  const mends = code === 'CHECKS_FAILED' && !stuck && failed.some(({ fix }) => fix?.automatic === true)
  const byHand = code === 'CHECKS_FAILED' && stuck && firstByHand(stuck, findings)
  const { fix } = decisive
  const hint =
    offer !== undefined && mends
      ? `let this tool fix it${onTerminal ? ', on a terminal' : ''}: ${offer}`
      : byHand || (fix?.commands[0]?.text ?? fix?.summary ?? lessStrict(blocking, strict))
  return new SqsTriggerError(code, message, hint === undefined ? {} : { hint })
}

/** What has to be done before `--fix` is of use, where it would mend something else; undefined: it would not. */
function firstByHand({ fix }: Finding, findings: readonly Finding[]): string | undefined {
  const command = fix?.commands[0]?.text
  const mends = findings.some((one) => objects(one) && one.fix?.automatic === true)
  return mends && command !== undefined ? `do first what --fix cannot: ${command}` : (command ?? fix?.summary)
}

const objects = ({ status }: Finding) => status === 'fail' || status === 'warn'

/** What cannot be read by those who may read everything in the account is no reason to fail for most. */
function lessStrict(blocking: readonly Finding[], strict: Strictness | undefined): string | undefined {
  const outside = blocking.every(
    ({ status, gap }) => status === 'unknown' && gap !== null && gap.class !== 'core',
  )
  if (strict !== 'all' || !outside) return undefined
  return 'to let pass what stands above the account and can hardly ever be read: --strict=core'
}

/** How many failed, warned or are unknown, why that does not do, and what would settle the first of the unknown. */
function counted(
  failed: readonly Finding[],
  unknown: readonly Finding[],
  { judged, left }: { readonly judged: number; readonly left: number },
): string {
  const warned = failed.filter(({ status }) => status === 'warn').length
  const parts = [
    ...(failed.length > warned ? [`${failed.length - warned} of ${judged} checks failed`] : []),
    ...(warned > 0 ? [`${warned}${failed.length > warned ? '' : ` of ${judged} checks`} warned`] : []),
  ]
  const told = parts.join(' and ')
  if (unknown.length === 0) {
    return failed.length > warned ? `${told}.` : `${told}, which --fail-on warning does not let pass.`
  }
  const are = unknown.length === 1 ? 'is' : 'are'
  const open =
    told === ''
      ? `${unknown.length} of ${judged} checks ${are} unknown`
      : `${told} and ${unknown.length} ${are} unknown`
  const permission = unknown[0]?.gap?.permission ?? null
  const which = unknown.length === 1 ? 'it' : 'the first'
  const settle = permission === null ? '' : `; ${permission} would settle ${which}`
  const others = left === 0 ? '' : ` ${left} more ${left === 1 ? 'is' : 'are'} unknown, and would only warn.`
  return `${open}, which --strict does not let pass${settle}.${others}`
}
