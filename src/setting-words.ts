import { nameIn } from './arn.js'
import type { SettingDifference } from './compare-settings.js'

type Setting = SettingDifference['setting']

/** A setting as a sentence names it. */
export const settingName = (setting: Setting): string => names[setting]

const names: Readonly<Record<Setting, string>> = {
  batchSize: 'batch size',
  batchWindowSeconds: 'batch window',
  maxConcurrency: 'maximum concurrency',
  minimumPollers: 'minimum pollers',
  maximumPollers: 'maximum pollers',
  reportBatchItemFailures: 'partial failures',
  filters: 'filters',
  eventCountMetrics: 'event count metrics',
  tags: 'tags',
  enabled: 'state',
  functionArn: 'function',
}

/** What a setting is, or is to be: `5 s`, `on`, `team=orders`, `none`. */
export function settingWords(setting: Setting, value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (setting === 'batchWindowSeconds') return `${value} s`
  if (setting === 'functionArn') return nameIn(String(value))
  if (setting === 'enabled') return value ? 'Enabled' : 'Disabled'
  if (setting === 'reportBatchItemFailures' || setting === 'eventCountMetrics') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value !== 'object') return String(value)
  const pairs = Object.entries(value).map(([key, text]) => `${key}=${text}`)
  return pairs.length === 0 ? 'none' : pairs.join(', ')
}

/** `batch window is 0 s, 3 s was asked for`. */
export function differenceWords({ setting, wanted, found }: SettingDifference): string {
  const verb = setting === 'tags' || setting === 'filters' || setting.endsWith('Pollers') ? 'are' : 'is'
  return `${settingName(setting)} ${verb} ${settingWords(setting, found)}, ${settingWords(setting, wanted)} was asked for`
}
