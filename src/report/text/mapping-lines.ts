import { nameIn } from '../../arn.js'
import type { Mapping } from '../../mapping.js'
import { fill, named, type Page, shown } from '../page.js'

/** `orders → order-worker`. */
export const pair = (page: Page, mapping: Pick<Mapping, 'queueArn' | 'functionArn'>) =>
  shown(page, `${nameIn(mapping.queueArn)} ${page.glyphs.arrow} ${nameIn(mapping.functionArn)}`)

/** The settings in one line, without those that are off. */
export function settingsOf(mapping: Mapping): readonly string[] {
  return [
    `batch ${mapping.batchSize}`,
    ...(mapping.batchWindowSeconds ? [`window ${mapping.batchWindowSeconds} s`] : []),
    ...(mapping.maxConcurrency === undefined ? [] : [`concurrency at most ${mapping.maxConcurrency}`]),
    ...(mapping.minimumPollers === undefined && mapping.maximumPollers === undefined
      ? []
      : [`pollers ${mapping.minimumPollers ?? 'default'} to ${mapping.maximumPollers ?? 'default'}`]),
    ...(mapping.reportBatchItemFailures ? ['partial failures reported'] : []),
    ...(mapping.filters?.length ? [`filters ${mapping.filters.length}`] : []),
    ...(mapping.filters === undefined ? ['filters encrypted'] : []),
    ...(mapping.eventCountMetrics ? ['event count metrics'] : []),
  ]
}

/** Name and value in two columns; the value goes on below itself. */
export function fieldLines(page: Page, fields: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...fields.map(([name]) => name.length))
  return fields.flatMap(([name, value]) => {
    const lead = `  ${named(page, name, width)}`
    const [first = '', ...others] = fill(page, shown(page, value), lead.length)
    return [`${lead}${first.slice(lead.length)}`, ...others]
  })
}
