import { describe, expect, it } from 'vitest'
import { exampleMapping } from '../../src/preflight/examples/mapping.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const filters = (...patterns: readonly string[]) => ({ settings: { filters: patterns } })
const batch = (batchSize: number, maximumMessageBytes: number) => ({
  settings: { batchSize },
  queue: { maximumMessageBytes },
})
const reserved = (maxConcurrency: number, reservedConcurrency: number) => ({
  settings: { maxConcurrency },
  reservedConcurrency,
})

const worker = exampleMapping.functionArn
const aliased = { ...exampleMapping, uuid: '2b1c7e0a', functionArn: `${worker}:live` }

const rows: readonly Row[] = [
  ['maximum-concurrency-above-reserved', 'not asked for', { reservedConcurrency: 10 }, 'skip'],
  ['maximum-concurrency-above-reserved', 'none reserved', { settings: { maxConcurrency: 10 } }, 'skip'],
  ['maximum-concurrency-above-reserved', 'equal', reserved(10, 10), 'pass'],
  [
    'maximum-concurrency-above-reserved',
    'one more',
    reserved(11, 10),
    'warn',
    'The maximum concurrency is 11, but function worker has a reserved concurrency of 10.',
  ],
  ['maximum-concurrency-above-reserved', 'switched off', reserved(11, 0), 'skip', /which is worse/],
  [
    'maximum-concurrency-above-reserved',
    'that of the mapping that exists',
    { existingMapping: { mapping: { ...exampleMapping, maxConcurrency: 20 } }, reservedConcurrency: 10 },
    'warn',
    /is 20, but/,
  ],
  [
    'maximum-concurrency-above-reserved',
    'asked for, over that of the mapping that exists',
    {
      ...reserved(5, 10),
      existingMapping: { mapping: { ...exampleMapping, maxConcurrency: 20 } },
    },
    'pass',
  ],
  [
    'maximum-concurrency-above-reserved',
    'with that of the mapping to an alias',
    { ...reserved(5, 10), mappings: [{ ...aliased, maxConcurrency: 6 }] },
    'warn',
    'The maximum concurrency is 5, and 6 for the function’s other mappings, but function worker has a reserved concurrency of 10.',
  ],
  [
    'maximum-concurrency-above-reserved',
    'with those of other queues, each once',
    {
      ...reserved(5, 20),
      mappings: [{ ...aliased, maxConcurrency: 6 }],
      functionMappings: [
        { ...aliased, maxConcurrency: 6 },
        {
          ...exampleMapping,
          uuid: 'of-bills',
          queueArn: `${exampleMapping.queueArn}-bills`,
          maxConcurrency: 10,
        },
      ],
    },
    'warn',
    /is 5, and 16 for the function’s other mappings, but/,
  ],
  [
    'maximum-concurrency-above-reserved',
    'that of the mapping to another function does not count',
    { ...reserved(5, 10), mappings: [{ ...exampleMapping, functionArn: `${worker}-2`, maxConcurrency: 6 }] },
    'pass',
  ],
  [
    'maximum-concurrency-above-reserved',
    'that of the mapping to be updated counts once',
    {
      ...reserved(8, 10),
      mappings: [{ ...exampleMapping, maxConcurrency: 6 }],
      existingMapping: { mapping: { ...exampleMapping, maxConcurrency: 6 } },
    },
    'pass',
    'The maximum concurrency of 8 is within the reserved 10.',
  ],
  [
    'pollers-out-of-range',
    'as many as both of AWS’s pages take',
    { settings: { maximumPollers: 2_000 } },
    'pass',
    'Between 2 and 2000 pollers.',
  ],
  [
    'pollers-out-of-range',
    'as many as one of them takes',
    { settings: { maximumPollers: 2_001 } },
    'unknown',
    '"The number of pollers is out of range" cannot be ruled out: 2,001 pollers are within the 10,000 of AWS\'s API reference, but its developer guide says 2,000.',
  ],
  ['filter-key-not-body', 'no filter', {}, 'skip'],
  ['filter-key-not-body', 'the body', filters('{"body":{"a":[1]}}'), 'pass', 'The filter looks at the body.'],
  [
    'filter-key-not-body',
    'an attribute',
    filters('{"body":{"a":[1]}}', '{"attributes":{"SenderId":["x"]}}'),
    'warn',
    'A filter for queue orders looks at "attributes"; AWS supports the body alone.',
  ],
  ['filter-key-not-body', 'one of two', filters('{"$or":[{"body":["a"]},{"messageId":["b"]}]}'), 'warn'],
  ['filter-key-not-body', 'both the body', filters('{"$or":[{"body":["a"]},{"body":["b"]}]}'), 'pass'],
  ['filter-key-not-body', 'no JSON: another rule says so', filters('type = order'), 'skip'],
  ['batch-may-exceed-payload', 'not asked for', {}, 'skip'],
  ['batch-may-exceed-payload', 'just fits', batch(6, 1_048_576), 'pass'],
  [
    'batch-may-exceed-payload',
    'does not',
    batch(7, 1_048_576),
    'warn',
    'A batch of 7 messages of up to 1,048,576 bytes, as queue orders takes them, is more than one invocation takes: batches may be smaller.',
  ],
]

describe('settings that AWS takes, and that may disappoint', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it('mappings of other queues to its aliases may not be listed, and that is said', () => {
    expect(judgeWith('maximum-concurrency-above-reserved', reserved(10, 10)).assumptions).toEqual([
      expect.stringMatching(/^No mapping of another queue to a version or alias of the function takes more/),
    ])
  })

  it('no maximum is advised that AWS would refuse', () => {
    const { fix } = judgeWith('maximum-concurrency-above-reserved', reserved(2, 1))
    expect(fix?.summary).toBe('Raise the reserved concurrency of worker: a mapping takes no maximum below 2.')
  })
})
