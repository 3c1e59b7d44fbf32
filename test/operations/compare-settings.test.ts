import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { toMapping } from '../../src/aws/event-source-mapping.js'
import { compareSettings } from '../../src/compare-settings.js'
import type { MappingSettings } from '../../src/mapping.js'
import { configuration } from './fake-session.js'

function compare(
  wanted: MappingSettings,
  found: Partial<EventSourceMappingConfiguration>,
  tags?: Record<string, string>,
) {
  const mapping = toMapping(configuration(found))
  if (!mapping) throw new Error('the fixture is a mapping')
  const { outcome, differences } = compareSettings(wanted, mapping, tags)
  return [outcome, ...differences.map(({ setting, wanted: asked, found: has }) => [setting, asked, has])]
}

const filters = (...patterns: string[]) => ({
  FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) },
})

describe('only what was asked for is compared', () => {
  const rows: readonly [
    string,
    MappingSettings,
    Partial<EventSourceMappingConfiguration>,
    readonly unknown[],
  ][] = [
    ['nothing asked for', {}, { BatchSize: 99, ScalingConfig: { MaximumConcurrency: 7 } }, ['unchanged']],
    [
      'everything equal',
      { batchSize: 10, batchWindowSeconds: 0, reportBatchItemFailures: false },
      {},
      ['unchanged'],
    ],
    ['batch size', { batchSize: 5 }, {}, ['differs', ['batchSize', 5, 10]]],
    ['window', { batchWindowSeconds: 3 }, {}, ['differs', ['batchWindowSeconds', 3, 0]]],
    ['concurrency that is not set', { maxConcurrency: 5 }, {}, ['differs', ['maxConcurrency', 5, null]]],
    [
      'concurrency that is',
      { maxConcurrency: 5 },
      { ScalingConfig: { MaximumConcurrency: 5 } },
      ['unchanged'],
    ],
    [
      'pollers',
      { minimumPollers: 3, maximumPollers: 9 },
      { ProvisionedPollerConfig: { MinimumPollers: 3, MaximumPollers: 8 } },
      ['differs', ['maximumPollers', 9, 8]],
    ],
    [
      'partial failures on',
      { reportBatchItemFailures: true },
      {},
      ['differs', ['reportBatchItemFailures', true, false]],
    ],
    [
      'partial failures off',
      { reportBatchItemFailures: false },
      { FunctionResponseTypes: ['ReportBatchItemFailures'] },
      ['differs', ['reportBatchItemFailures', false, true]],
    ],
    ['metrics', { eventCountMetrics: true }, { MetricsConfig: { Metrics: ['EventCount'] } }, ['unchanged']],
    [
      'filters in another order and spacing',
      { filters: ['{"body":{"a":[1]}}', '{"body":{"b":[2]}}'] },
      filters('{"body": {"b": [2]}}', '{"body":{"a":[1]}}'),
      ['unchanged'],
    ],
    [
      'other filters',
      { filters: ['{"body":{"a":[1]}}'] },
      filters('{"body":{"a":[2]}}'),
      ['differs', ['filters', ['{"body":{"a":[1]}}'], ['{"body":{"a":[2]}}']]],
    ],
    [
      'filters that are not there',
      { filters: ['{"body":{"a":[1]}}'] },
      {},
      ['differs', ['filters', ['{"body":{"a":[1]}}'], []]],
    ],
    ['filters there, none asked for', {}, filters('{"body":{"a":[2]}}'), ['unchanged']],
  ]
  test.each(rows)('%s', (_, wanted, found, expected) => {
    expect(compare(wanted, found)).toEqual(expected)
  })
})

describe('on or off', () => {
  const rows: readonly [wanted: MappingSettings, state: string, expected: readonly unknown[]][] = [
    [{}, 'Enabled', ['unchanged']],
    [{}, 'Creating', ['unchanged']],
    [{}, 'Updating', ['unchanged']],
    [{}, 'Disabled', ['disabled', ['enabled', true, false]]],
    [{}, 'Disabling', ['disabled', ['enabled', true, false]]],
    [{ enabled: true }, 'Disabled', ['disabled', ['enabled', true, false]]],
    [{ enabled: false }, 'Disabled', ['unchanged']],
    [{ enabled: false }, 'Enabled', ['differs', ['enabled', false, true]]],
    [{ batchSize: 5 }, 'Disabled', ['differs', ['batchSize', 5, 10], ['enabled', true, false]]],
  ]
  test.each(rows)('%j of a mapping that is %s', (wanted, state, expected) => {
    expect(compare(wanted, { State: state })).toEqual(expected)
  })
})

describe('tags', () => {
  const rows: readonly [
    string,
    Record<string, string>,
    Record<string, string> | undefined,
    readonly unknown[],
  ][] = [
    ['more tags than asked for', { team: 'a' }, { team: 'a', cost: '7' }, ['unchanged']],
    ['another value', { team: 'a' }, { team: 'b' }, ['differs', ['tags', { team: 'a' }, { team: 'b' }]]],
    ['missing', { team: 'a' }, {}, ['differs', ['tags', { team: 'a' }, {}]]],
    ['unreadable', { team: 'a' }, undefined, ['unchanged']],
  ]
  test.each(rows)('%s', (_, tags, found, expected) => {
    expect(compare({ tags }, {}, found)).toEqual(expected)
  })
})
