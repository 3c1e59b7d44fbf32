import { toolCommand } from '../command-line.js'
import { type ErrorCode, SqsTriggerError } from '../errors.js'
import type { AuditedPlace, AuditResult } from '../fleet/audit/results.js'
import type { Finding } from '../preflight/finding.js'
import { blocking, type FailOn, type Strictness } from '../preflight/strictness.js'
import type { AuditRendering, Outcome } from '../report/outcome.js'
import { counted, joined, typedName } from '../report/text/sentences.js'

/** What an audit ends with: stopped before incomplete, incomplete before what was found. */
export function auditAnswer(
  audit: AuditResult,
  about: {
    readonly failOn: FailOn
    readonly strict: Strictness | undefined
    readonly rendering: AuditRendering
    readonly signal: AbortSignal
  },
): Outcome {
  const stopping = blocking(
    audit.mappings.flatMap(({ findings }) => findings),
    about,
  )
  const error = stoppedBy(audit, about.signal) ?? incomplete(audit, stopping) ?? failed(audit, stopping)
  return {
    ...{ kind: 'audit', audit, blocking: stopping, rendering: about.rendering },
    ...(error ? { error } : {}),
  }
}

function stoppedBy({ mappings, places }: AuditResult, { aborted, reason }: AbortSignal) {
  if (!aborted) return undefined
  const judged = places.reduce((sum, place) => sum + place.judged, 0)
  const code: ErrorCode = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  const said = reason instanceof SqsTriggerError ? reason.message : 'Interrupted.'
  const known =
    mappings.length === 0
      ? 'Nothing was looked at yet.'
      : `${judged} of ${counted(mappings.length, 'mapping')} had been judged by then.`
  return new SqsTriggerError(code, `${said} ${known} Nothing was changed.`, { cause: reason })
}

function incomplete({ places }: AuditResult, stopping: readonly Finding[]): SqsTriggerError | undefined {
  const unread = places.filter(isUnread)
  if (unread.length === 0) return undefined
  const names = unread.map(nameOf)
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names
  const found =
    stopping.length === 0 ? '' : ` Of what could be read, ${counted(stopping.length, 'check')} failed.`
  const permissions = [...new Set(unread.flatMap(({ permission }) => permission ?? []))]
  const hint =
    permissions.length === 0
      ? (unread[0]?.reason ?? '')
      : `What is missing there: ${joined(permissions)}. To leave a Region out, name the others with --regions.`
  return new SqsTriggerError('INCOMPLETE', `${joined(shown)} could not be read to the end.${found}`, { hint })
}

/** Whether something of a place that is in use stayed unseen. */
const isUnread = ({ status }: AuditedPlace) => status === 'unread' || status === 'partly'

const nameOf = ({ account, accountName, region, roleArn, profile }: AuditedPlace) => {
  const who = roleArn !== null || profile !== null ? `${accountName ?? account} ` : ''
  return `${who}${region || 'account'}`.trim()
}

function failed(
  { mappings, places, baseline, context }: AuditResult,
  stopping: readonly Finding[],
): SqsTriggerError | undefined {
  const worst = stopping[0]?.mapping
  if (worst === undefined) return undefined
  const rules = new Set(stopping.map(({ rule }) => rule)).size
  const hit = new Set(stopping.map(({ mapping }) => mapping?.uuid)).size
  const fresh = baseline === null ? '' : ' new'
  const message = `${counted(stopping.length, `${fresh} check`.trim())} failed: ${counted(hit, 'mapping')} of ${mappings.length}, ${counted(rules, 'rule')}. Nothing was changed.`
  const { region, account } = worst
  const profile = places.find((place) => place.account === account)?.profile ?? null
  const destination = { region, profile, endpoint: context?.endpoint ?? null }
  // What only an audit finds, such as a mapping whose queue is gone, a preflight would not come to.
  const words =
    stopping[0]?.group === 'audit'
      ? ['explain', stopping[0].rule]
      : ['preflight', ...[worst.queueArn, worst.functionArn].map((arn) => typedName(arn, account))]
  const hint = `the worst, with what mends it: ${toolCommand(destination, ...words)}`
  return new SqsTriggerError('CHECKS_FAILED', message, { hint })
}
