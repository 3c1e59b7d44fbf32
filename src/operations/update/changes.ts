import type { Change } from '../../change.js'
import { updateCommand } from '../../command-line.js'
import type { Mapping } from '../../mapping.js'
import { isOff, type MappingUpdate } from '../../mapping-update.js'
import type { UpdatePlan } from '../mapping-results.js'
import type { Session } from '../session.js'

/** The calls that an update takes: one for all settings, one for tags that come, one for those that go. */
export function changesOf(
  { settings: { tags, ...settings }, clear, untag, functionArn }: MappingUpdate,
  mapping: Mapping,
): readonly Change[] {
  const changes = Object.keys(settings).length > 0 || clear.length > 0 || functionArn !== undefined
  const update: Change = {
    action: 'update',
    type: 'event-source-mapping',
    iamAction: 'lambda:UpdateEventSourceMapping',
    uuid: mapping.uuid,
    settings,
    clear,
    functionArn: functionArn ?? null,
  }
  // Simpler endpoints than AWS tell no ARN; the UUID is then all that there is to name it by.
  const mappingArn = mapping.arn ?? mapping.uuid
  return [
    ...(changes ? [update] : []),
    ...(tags === undefined
      ? []
      : [
          { action: 'tag', type: 'mapping-tags', iamAction: 'lambda:TagResource', mappingArn, tags } as const,
        ]),
    ...(untag.length === 0
      ? []
      : [
          {
            action: 'untag',
            type: 'mapping-tags',
            iamAction: 'lambda:UntagResource',
            mappingArn,
            keys: untag,
          } as const,
        ]),
  ]
}

/** The command that brings back what one change of the plan replaces; empty where nobody knows what was there. */
export function undoOf(plan: UpdatePlan, change: Change, { clients }: Session): string {
  const former = change.type === 'mapping-tags' ? formerTags(plan, change) : formerSettings(plan)
  return former === null ? '' : updateCommand(clients, plan.mapping.uuid, former, '--yes')
}

/** What brings back all that the plan replaces, as far as it is known. */
export function formerOf(plan: UpdatePlan): MappingUpdate {
  const tags = plan.changes.flatMap((change) =>
    change.type === 'mapping-tags' ? (formerTags(plan, change) ?? []) : [],
  )
  const { settings, ...rest } = formerSettings(plan)
  const back = Object.assign({}, ...tags.map((one) => one.settings.tags ?? {}))
  return {
    ...rest,
    settings: { ...settings, ...(Object.keys(back).length === 0 ? {} : { tags: back }) },
    untag: tags.flatMap(({ untag }) => untag),
  }
}

function formerSettings({ mapping, update }: UpdatePlan): MappingUpdate {
  const { settings, clear } = update
  const touches = (name: keyof typeof settings) => Object.hasOwn(settings, name)
  const pollers = touches('minimumPollers') || touches('maximumPollers') || clear.includes('pollers')
  const { minimumPollers, maximumPollers, maxConcurrency, filters = [] } = mapping
  const capped = touches('maxConcurrency') || clear.includes('max-concurrency')
  const filtered = touches('filters') || clear.includes('filter')
  const polled = minimumPollers !== undefined || maximumPollers !== undefined
  return {
    settings: {
      ...(touches('batchSize') ? { batchSize: mapping.batchSize } : {}),
      ...(touches('batchWindowSeconds') ? { batchWindowSeconds: mapping.batchWindowSeconds } : {}),
      ...(touches('reportBatchItemFailures')
        ? { reportBatchItemFailures: mapping.reportBatchItemFailures }
        : {}),
      ...(touches('eventCountMetrics') ? { eventCountMetrics: mapping.eventCountMetrics } : {}),
      ...(touches('enabled') ? { enabled: !isOff(mapping) } : {}),
      ...(capped && maxConcurrency !== undefined ? { maxConcurrency } : {}),
      ...(pollers && minimumPollers !== undefined ? { minimumPollers } : {}),
      ...(pollers && maximumPollers !== undefined ? { maximumPollers } : {}),
      ...(filtered && filters.length > 0 ? { filters } : {}),
    },
    clear: [
      ...(capped && maxConcurrency === undefined ? (['max-concurrency'] as const) : []),
      ...(pollers && !polled ? (['pollers'] as const) : []),
      ...(filtered && filters.length === 0 ? (['filter'] as const) : []),
    ],
    untag: [],
    ...(update.functionArn === undefined ? {} : { functionArn: mapping.functionArn }),
  }
}

function formerTags(
  { differences }: UpdatePlan,
  change: Extract<Change, { type: 'mapping-tags' }>,
): MappingUpdate | null {
  const found = differences
    .filter(({ setting, wanted }) => setting === 'tags' && (wanted === null) === (change.action === 'untag'))
    .map((one) => one.found)[0]
  if (found === null || typeof found !== 'object') return null
  const tags = Object.fromEntries(Object.entries(found).map(([key, value]) => [key, String(value)]))
  const untag =
    change.action === 'tag' ? Object.keys(change.tags).filter((key) => !Object.hasOwn(tags, key)) : []
  return { settings: Object.keys(tags).length === 0 ? {} : { tags }, clear: [], untag }
}
