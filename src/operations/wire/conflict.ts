import { parseArn } from '../../arn.js'
import { toolCommand, updateCommand } from '../../command-line.js'
import type { Comparison } from '../../compare-settings.js'
import { type ErrorCode, SqsTriggerError } from '../../errors.js'
import type { Mapping, MappingSettings } from '../../mapping.js'
import { updateTo } from '../../mapping-update.js'
import { differenceWords } from '../../setting-words.js'
import type { WirePlan } from '../results.js'
import type { Session } from '../session.js'

/** The error for a mapping that exists otherwise than asked for; undefined when it is as asked for. */
export function conflictWith(
  mapping: Mapping,
  { outcome, differences }: Comparison,
  wanted: MappingSettings,
  { clients }: Session,
): SqsTriggerError | undefined {
  if (outcome === 'unchanged') return undefined
  const queue = parseArn(mapping.queueArn)?.resource ?? mapping.queueArn
  const called = parseArn(mapping.functionArn)?.resource.replace(/^function:/, '') ?? mapping.functionArn
  const exists = `${queue} and ${called} already have event source mapping ${mapping.uuid}`
  if (outcome === 'disabled') {
    const reason = mapping.stateTransitionReason ? ` Reason of AWS: ${mapping.stateTransitionReason}.` : ''
    return new SqsTriggerError('MAPPING_DISABLED', `${exists}, but it is ${mapping.state}.${reason}`, {
      hint: toolCommand(clients, 'enable', mapping.uuid),
    })
  }
  const list = differences.map(differenceWords)
  return new SqsTriggerError(
    'MAPPING_DIFFERS',
    `${exists} with other settings: ${list.join('; ')}. Nothing was changed.`,
    {
      hint: updateCommand(clients, mapping.uuid, updateTo(wanted, differences)),
    },
  )
}

/** The UUID that AWS names when queue and function have a mapping already; undefined for any other error. */
export function duplicateNamedIn(error: unknown): string | undefined {
  if (!(error instanceof SqsTriggerError) || error.code !== 'CONFLICT') return undefined
  return /already exists\. Please update or delete the existing mapping with UUID ([0-9a-f-]{36})/i.exec(
    error.aws?.message ?? '',
  )?.[1]
}

/** Throws for a plan that cannot be applied. */
export function requireApplicable(plan: WirePlan, session: Session): void {
  if (plan.existing && (plan.outcome === 'differs' || plan.outcome === 'disabled')) {
    const comparison = { outcome: plan.outcome, differences: plan.differences }
    throw conflictWith(plan.existing, comparison, plan.settings, session)
  }
  if (plan.outcome !== 'blocked') return
  const missing = plan.blocking.find(({ rule }) => Object.hasOwn(missingEnds, rule))
  const fix = (missing ?? plan.blocking[0])?.fix?.commands[0]?.text
  const hint = fix === undefined ? {} : { hint: fix }
  if (missing)
    throw new SqsTriggerError(
      missingEnds[missing.rule] ?? 'NOT_FOUND',
      `${missing.message} Nothing was changed.`,
      hint,
    )
  const count = plan.blocking.length
  throw new SqsTriggerError(
    'CHECKS_FAILED',
    `${count} ${count === 1 ? 'check' : 'checks'} failed. Nothing was changed.`,
    hint,
  )
}

/** Findings that say the same as an error of their own. */
const missingEnds: Readonly<Record<string, ErrorCode>> = {
  'queue-not-found': 'QUEUE_NOT_FOUND',
  'function-not-found': 'FUNCTION_NOT_FOUND',
  'qualifier-not-found': 'FUNCTION_NOT_FOUND',
}
