import { AwsFault } from '../aws-fault.js'
import type { RequestedSettings } from './read-settings.js'

/**
 * What AWS's constraint layer finds before the service looks at a request. The sentences are Smithy's: their
 * form is recorded for other members, but for none of these.
 */
export interface Violation {
  readonly text: string
}

/** Throws one fault for all violations; does nothing when there is none. */
export function refuseViolations(violations: readonly (Violation | undefined)[]): void {
  const found = violations.filter((violation) => violation !== undefined)
  if (found.length === 0) return
  const noun = found.length === 1 ? 'validation error' : 'validation errors'
  throw new AwsFault(
    'ValidationException',
    `${found.length} ${noun} detected: ${found.map(({ text }) => text).join('; ')}`,
    { recorded: false },
  )
}

export function outOfRange(
  member: string,
  value: number | undefined,
  range: { readonly least: number; readonly most: number },
): Violation | undefined {
  const { least, most } = range
  if (value === undefined || (value >= least && value <= most)) return undefined
  const bound =
    value < least
      ? `Member must have value greater than or equal to ${least}`
      : `Member must have value less than or equal to ${most}`
  return violation(`Value '${value}' at '${member}'`, bound)
}

export function missing(member: string, value: unknown): Violation | undefined {
  return value === undefined ? violation(`Value null at '${member}'`, 'Member must not be null') : undefined
}

export function notMatching(
  member: string,
  value: string | undefined,
  pattern: RegExp,
): Violation | undefined {
  if (value === undefined || pattern.test(value)) return undefined
  const bound = `Member must satisfy regular expression pattern: ${pattern.source}`
  return violation(`Value '${value}' at '${member}'`, bound)
}

/** The settings' constraints. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export function settingsViolations(requested: RequestedSettings): readonly (Violation | undefined)[] {
  const { scalingConfig, provisionedPollerConfig: pollers, filterPatterns } = requested
  return [
    outOfRange('batchSize', requested.batchSize, { least: 1, most: 10_000 }),
    outOfRange('maximumBatchingWindowInSeconds', requested.maximumBatchingWindowInSeconds, {
      least: 0,
      most: 300,
    }),
    outOfRange('scalingConfig.maximumConcurrency', scalingConfig?.maximumConcurrency, {
      least: 2,
      most: 1000,
    }),
    outOfRange('provisionedPollerConfig.minimumPollers', pollers?.minimumPollers, { least: 1, most: 200 }),
    outOfRange('provisionedPollerConfig.maximumPollers', pollers?.maximumPollers, { least: 1, most: 10_000 }),
    notInSet('functionResponseTypes', requested.functionResponseTypes, ['ReportBatchItemFailures']),
    notInSet('metricsConfig.metrics', requested.metrics, ['EventCount', 'ErrorCount', 'KafkaMetrics']),
    ...(filterPatterns ?? []).map((pattern, index) => tooLong(index, pattern)),
  ]
}

function notInSet(
  member: string,
  values: readonly string[] | undefined,
  allowed: readonly string[],
): Violation | undefined {
  if (!values || values.every((value) => allowed.includes(value))) return undefined
  const bound = `Member must satisfy enum value set: [${allowed.join(', ')}]`
  return violation(`Value '[${values.join(', ')}]' at '${member}'`, bound)
}

function tooLong(index: number, pattern: string | null): Violation | undefined {
  if (pattern === null || pattern.length <= 4096) return undefined
  const member = `filterCriteria.filters.${index + 1}.member.pattern`
  return violation(`Value '${pattern}' at '${member}'`, 'Member must have length less than or equal to 4096')
}

function violation(subject: string, bound: string): Violation {
  return { text: `${subject} failed to satisfy constraint: ${bound}` }
}
