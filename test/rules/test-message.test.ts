import { describe, expect, it, test } from 'vitest'
import { absent, unknown } from '../../src/preflight/fact.js'
import { judge } from '../../src/preflight/judge.js'
import { rules } from '../../src/preflight/rules/index.js'
import { context, factsWith } from '../preflight/healthy-facts.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const order = '{"body":{"type":["order"]}}'
const about = (body: string) => ({ testMessage: { body } })

const rows: readonly Row[] = [
  ['test-message-filtered', 'no filter', {}, 'skip', 'No filter applies.'],
  [
    'test-message-filtered',
    'the default body meets a filter',
    { activeFilters: [order] },
    'fail',
    'The test message for queue orders would be deleted unseen: body.type is missing; the filter wants "order".',
  ],
  [
    'test-message-filtered',
    'a filter for the default body',
    { activeFilters: [order, '{"body":{"sqs-trigger":{"test":[{"exists":true}]}}}'] },
    'pass',
    'A filter keeps the test message.',
  ],
  [
    'test-message-filtered',
    'a body that a filter keeps',
    { activeFilters: [order], ...about('{"type":"order"}') },
    'pass',
  ],
  [
    'test-message-filtered',
    'a plain text against a JSON filter',
    { activeFilters: [order], ...about('order') },
    'fail',
    /this body is plain text\.$/,
  ],
  [
    'test-message-filtered',
    'what Lambda does not list',
    { activeFilters: ['{"body":{"type":[{"wildcard":"o*"}]}}'], ...about('{"type":"order"}') },
    'unknown',
    /The filter may fit: it uses wildcard/,
  ],
  [
    'test-message-too-large',
    'the default body',
    {},
    'pass',
    /^The test message has 63 bytes; .* 1,048,576\.$/,
  ],
  [
    'test-message-too-large',
    'one byte above the limit of the queue',
    { queue: { maximumMessageBytes: 1_024 }, ...about(`${'é'.repeat(512)}x`) },
    'fail',
    'The test message has 1,025 bytes; queue orders takes 1,024.',
  ],
  [
    'test-message-too-large',
    'bytes are counted, not characters',
    { queue: { maximumMessageBytes: 1_024 }, ...about('é'.repeat(512)) },
    'pass',
  ],
  [
    'test-message-too-large',
    'above what SQS takes at all',
    { queue: { maximumMessageBytes: 2_000_000 }, ...about('x'.repeat(1_048_577)) },
    'fail',
    /takes 1,048,576\.$/,
  ],
  ['test-message-invalid', 'the default body', {}, 'pass'],
  [
    'test-message-invalid',
    'nothing at all',
    about(''),
    'fail',
    'The test message for queue orders is empty, which SQS refuses.',
  ],
  [
    'test-message-invalid',
    'a control character',
    about('ab\u0007'),
    'fail',
    'The test message for queue orders holds U+0007 at position 2, which SQS refuses.',
  ],
  ['test-message-invalid', 'half a surrogate pair', about('\ud83d'), 'fail', /U\+D83D/],
  ['test-message-invalid', 'a character that is none', about('\uffff'), 'fail', /U\+FFFF/],
  ['test-message-invalid', 'tab, line breaks and an emoji', about('\t\r\n😀\u0085'), 'pass'],
]

describe.each(['test-message-filtered', 'test-message-too-large', 'test-message-invalid'])('%s', (slug) => {
  it.each(rows.filter(([rule]) => rule === slug).map((row) => [row[1], row] as const))('%s', (_what, row) =>
    expectRow(row),
  )

  it('is skipped when no test message was asked for', () => {
    const rule = rules.find((candidate) => candidate.slug === slug)
    const facts = { ...factsWith({}), testMessage: absent('no test message was asked for') }
    const finding = rule && judge(rule, facts, context)
    expect(finding).toMatchObject({ status: 'skip', message: 'No test message was asked for.' })
  })

  it('says what to type instead', () => {
    const bad = rules.find((candidate) => candidate.slug === slug)?.example.bad ?? {}
    expect(judgeWith(slug, bad).fix).toMatchObject({
      automatic: false,
      summary: expect.stringContaining('--body'),
    })
  })
})

test('filters that cannot be read leave it open whether the test message is kept', () => {
  const rule = rules.find(({ slug }) => slug === 'test-message-filtered')
  const gap = unknown('the filters of the existing mapping are encrypted, and AWS did not show them')
  const finding = rule && judge(rule, { ...factsWith({}), activeFilters: gap }, context)
  expect(finding).toMatchObject({ status: 'unknown', gap: { reason: gap.reason } })
})
