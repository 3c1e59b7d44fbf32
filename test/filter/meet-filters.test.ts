import { describe, expect, test } from 'vitest'
import type { Mapping } from '../../src/mapping.js'
import { filterWarning, meetFilters } from '../../src/operations/send/meet-filters.js'
import type { SampleVerdict } from '../../src/preflight/samples.js'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { filteredLines, sampleLines } from '../../src/report/text/sample-lines.js'
import { mapping } from '../operations/fake-session.js'

const orders = '{"body":{"type":["order"]}}'
const order = '{"type":"order"}'
const refund = '{"type":"refund"}'

const withFilters = (filters: readonly string[] | undefined, functionName = 'worker'): Mapping => {
  const { filters: _, ...rest } = mapping({
    FunctionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${functionName}`,
  })
  return filters === undefined ? rest : { ...rest, filters }
}

describe('messages before the filters of a queue', () => {
  test('no mapping, or none that filters: nothing to say', () => {
    expect(meetFilters([], [order])).toBeUndefined()
    expect(meetFilters([withFilters([])], [order])).toBeUndefined()
  })

  test('one mapping: messages go by their position', () => {
    expect(meetFilters([withFilters([orders])], [order, refund])).toMatchObject([
      { name: 'message 1', verdict: 'kept' },
      { name: 'message 2', verdict: 'deleted' },
    ])
  })

  test('several mappings: any of them may take the message', () => {
    const mappings = [withFilters([orders]), withFilters([], 'audit:live')]
    expect(meetFilters(mappings, [refund])).toMatchObject([
      { name: 'message 1 at worker', verdict: 'deleted' },
      { name: 'message 1 at audit:live', verdict: 'kept', filter: null },
    ])
  })

  test('filters that a list withholds are said to be', () => {
    expect(meetFilters([withFilters(undefined)], [order])).toMatchObject(
      [{ verdict: 'invalid', reason: /are encrypted/ }].map((wanted) => ({
        ...wanted,
        reason: expect.stringMatching(wanted.reason),
      })),
    )
  })
})

const verdict = (name: string, found: SampleVerdict['verdict']): SampleVerdict => ({
  name,
  verdict: found,
  filter: found === 'kept' ? 1 : null,
  reason: found === 'kept' ? 'The filter fits.' : 'body.type is missing; the filter wants "order".',
})

test.each([
  ['all kept', ['kept'], undefined],
  [
    'one deleted',
    ['kept', 'deleted'],
    'The filters delete m2, and the function never sees it: body.type is missing; the filter wants "order".',
  ],
  ['several deleted', ['deleted', 'invalid', 'deleted'], /^The filters delete m1, and 1 more like it, /],
  ['one that is open', ['kept', 'invalid'], /^It is not certain that the filters keep m2: /],
] as const)('the warning before sending: %s', (_what, verdicts, wanted) => {
  const told = filterWarning(verdicts.map((found, index) => verdict(`m${index + 1}`, found)))
  if (typeof wanted === 'string' || wanted === undefined) expect(told).toBe(wanted)
  else expect(told).toMatch(wanted)
})

describe('as lines', () => {
  const page = openPage(60, true, plainPalette)

  test('totals above, then each with its reason; what is long is filled', () => {
    const samples = [
      verdict('order.json', 'kept'),
      verdict('refund.json', 'deleted'),
      verdict('x', 'invalid'),
    ]
    expect(sampleLines(page, samples)).toEqual([
      'The filters keep 1 of 3 messages and delete 1; of 1 that is not certain',
      '  ✓ order.json is kept: the filter fits.',
      '  ! refund.json is deleted: body.type is missing; the filter',
      '    wants "order".',
      '  ? x is not certain: body.type is missing; the filter wants',
      '    "order".',
    ])
    expect(filteredLines(page, samples)).toHaveLength(5)
    expect(sampleLines(page, [])).toEqual([])
    expect(filteredLines(page, [])).toEqual([])
  })

  test('a name cannot drive the terminal', () => {
    expect(sampleLines(page, [verdict('\u001b[31mred', 'kept')])[1]).toBe('  ✓ red is kept: the filter fits.')
  })

  test('hundreds are counted, and a hundred shown', () => {
    const samples = Array.from({ length: 250 }, (_, index) => verdict(`m${index}`, 'kept'))
    const lines = sampleLines(page, samples)
    expect(lines).toHaveLength(102)
    expect(lines.at(-1)).toBe('  and 150 more; --json lists them all')
    expect(filteredLines(page, samples)).toEqual(['The filters keep all 250 messages'])
  })
})
