import { limits } from '../../limits.js'
import type { MappingSettings } from '../../mapping.js'
import { quoted, usageError } from '../usage-error.js'
import { flag, integer, list, negatable, type Values } from './options.js'

/**
 * The settings of an event source mapping. Only bounds that hold for every queue are judged here; what depends
 * on the queue (FIFO, the batching window) is for the preflight, which can say why.
 */
export const settingOptions = {
  batchSize: integer({
    summary: 'most messages in one invocation (default 10)',
    group: 'Settings',
    min: limits.batchSizeMinimum.value,
    max: limits.batchSizeMaximum.value,
  }),
  batchWindow: integer({
    summary: 'seconds to wait for a batch to fill',
    group: 'Settings',
    min: limits.batchWindowMinimum.value,
    max: limits.batchWindowMaximum.value,
    unit: 'seconds',
  }),
  maxConcurrency: integer({
    summary: 'most invocations at the same time',
    group: 'Settings',
    min: limits.maximumConcurrencyMinimum.value,
    max: limits.maximumConcurrencyMaximum.value,
  }),
  minimumPollers: integer({
    summary: 'provisioned pollers: at least so many',
    group: 'Settings',
    min: limits.minimumPollersMinimum.value,
    max: limits.minimumPollersMaximum.value,
  }),
  maximumPollers: integer({
    summary: 'provisioned pollers: at most so many',
    group: 'Settings',
    min: limits.maximumPollersMinimum.value,
    max: limits.maximumPollersMaximum.value,
  }),
  reportBatchItemFailures: negatable({
    summary: 'the function reports which messages failed',
    group: 'Settings',
  }),
  filter: list({
    summary: 'keep only messages that match this pattern; repeatable',
    group: 'Settings',
    placeholder: 'json',
    free: true,
  }),
  eventCountMetrics: negatable({ summary: 'let Lambda count events in CloudWatch', group: 'Settings' }),
  tag: list({ summary: 'tag of the mapping; repeatable', group: 'Settings', placeholder: 'key=value' }),
} as const

/** The same for a mapping that is going to be created. */
export const mappingOptions = {
  ...settingOptions,
  startDisabled: flag({ summary: 'create it without starting it', group: 'Settings' }),
} as const

/** The settings that were given; one that was not is left out, so that it is neither set nor compared. */
export function mappingSettings({
  startDisabled,
  ...values
}: Values<typeof mappingOptions>): MappingSettings {
  return { ...settingsIn(values), ...(startDisabled ? { enabled: false } : {}) }
}

/** The same without whether it is to be started. */
export function settingsIn(values: Values<typeof settingOptions>): MappingSettings {
  const { batchSize, batchWindow, maxConcurrency, minimumPollers, maximumPollers } = values
  const { reportBatchItemFailures, eventCountMetrics, filter, tag } = values
  if (minimumPollers !== undefined && maximumPollers !== undefined && minimumPollers > maximumPollers) {
    throw usageError(
      `--minimum-pollers ${minimumPollers} and --maximum-pollers ${maximumPollers} contradict each other`,
    )
  }
  return {
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(batchWindow === undefined ? {} : { batchWindowSeconds: batchWindow }),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(minimumPollers === undefined ? {} : { minimumPollers }),
    ...(maximumPollers === undefined ? {} : { maximumPollers }),
    ...(reportBatchItemFailures === undefined ? {} : { reportBatchItemFailures }),
    ...(filter.length === 0 ? {} : { filters: filter }),
    ...(eventCountMetrics === undefined ? {} : { eventCountMetrics }),
    ...(tag.length === 0 ? {} : { tags: tagsOf(tag) }),
  }
}

function tagsOf(pairs: readonly string[]): Readonly<Record<string, string>> {
  const tags = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at <= 0)
      throw usageError(`--tag takes key=value, not ${quoted(pair)}`, 'for example: --tag team=orders')
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  const [again] = tags.filter(([key, value]) =>
    tags.some(([other, differs]) => other === key && differs !== value),
  )
  if (again) throw usageError(`--tag ${quoted(again[0])} is given twice with different values`)
  return Object.fromEntries(tags)
}
