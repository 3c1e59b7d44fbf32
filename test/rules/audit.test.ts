import { describe, expect, it } from 'vitest'
import type { Mapping } from '../../src/mapping.js'
import { exampleMapping } from '../../src/preflight/examples/mapping.js'
import type { Finding } from '../../src/preflight/finding.js'
import { judgeInTurn } from '../../src/preflight/judge-in-turn.js'
import { rules } from '../../src/preflight/rules/index.js'
import { context, factsWith } from '../preflight/healthy-facts.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const wired = (change: Partial<Mapping> = {}) => ({
  existingMapping: { mapping: { ...exampleMapping, ...change } },
})
const disabled = (stateTransitionReason?: string) =>
  wired({ state: 'Disabled', ...(stateTransitionReason === undefined ? {} : { stateTransitionReason }) })
const waiting = (visible: number, delayed = 0) => ({
  queue: { messages: { visible, inFlight: 0, delayed } },
})
const none = 'This queue and function have no mapping.'
const uuid = exampleMapping.uuid

const rows: readonly Row[] = [
  ['mapping-without-queue', 'no mapping', { queueExists: false }, 'skip', none],
  ['mapping-without-queue', 'both there', wired(), 'pass', `Queue orders of mapping ${uuid} exists.`],
  [
    'mapping-without-queue',
    'the queue is gone',
    { ...wired(), queueExists: false },
    'fail',
    `Mapping ${uuid} (Enabled) reads from queue orders, which does not exist.`,
  ],
  ['mapping-without-function', 'no mapping', { functionExists: false }, 'skip', none],
  ['mapping-without-function', 'both there', wired(), 'pass', `Function worker of mapping ${uuid} exists.`],
  [
    'mapping-without-function',
    'the function is gone',
    { ...wired({ state: 'Disabled' }), functionExists: false },
    'fail',
    `Mapping ${uuid} (Disabled) calls function worker, which does not exist.`,
  ],
  ['mapping-disabled-with-backlog', 'no mapping', waiting(3), 'skip', none],
  [
    'mapping-disabled-with-backlog',
    'Enabled',
    { ...wired(), ...waiting(3) },
    'pass',
    `Mapping ${uuid} is Enabled, not Disabled.`,
  ],
  [
    'mapping-disabled-with-backlog',
    'Disabled, nothing waits',
    disabled(),
    'pass',
    `Mapping ${uuid} is Disabled, and no message waits in queue orders.`,
  ],
  [
    'mapping-disabled-with-backlog',
    'Disabled, one waits',
    { ...disabled(), ...waiting(1) },
    'warn',
    `Mapping ${uuid} is Disabled, and about one message waits in queue orders.`,
  ],
  [
    'mapping-disabled-with-backlog',
    'Disabled, many wait, some delayed',
    { ...disabled(), ...waiting(1_200, 34) },
    'warn',
    `Mapping ${uuid} is Disabled, and about 1,234 messages wait in queue orders.`,
  ],
  ['mapping-disabled-by-lambda', 'no mapping', {}, 'skip', none],
  ['mapping-disabled-by-lambda', 'Enabled', wired({ stateTransitionReason: 'whatever' }), 'pass'],
  ...['USER_INITIATED', 'User action', 'User initiated'].map(
    (reason): Row => [
      'mapping-disabled-by-lambda',
      reason,
      disabled(reason),
      'pass',
      `Mapping ${uuid} is Disabled by a user (${reason}).`,
    ],
  ),
  [
    'mapping-disabled-by-lambda',
    'another reason, as it was given',
    disabled('Users of Lambda: 0'),
    'warn',
    `Mapping ${uuid} is Disabled, and not by a user: AWS gives the reason "Users of Lambda: 0".`,
  ],
  [
    'mapping-disabled-by-lambda',
    'no reason',
    disabled(),
    'unknown',
    `"The mapping was switched off, and not by a user" cannot be ruled out: AWS gives no reason why mapping ${uuid} is Disabled.`,
  ],
]

describe('mappings that are there', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it.each([
    ['mapping-without-queue', { ...wired(), queueExists: false }, `sqs-trigger unwire ${uuid} `],
    ['mapping-without-function', { ...wired(), functionExists: false }, `sqs-trigger unwire ${uuid} `],
    ['mapping-disabled-with-backlog', { ...disabled(), ...waiting(1) }, `sqs-trigger enable ${uuid} `],
    ['mapping-disabled-by-lambda', disabled('so'), `sqs-trigger enable ${uuid} `],
  ])('%s comes with its command', (slug, patch, command) => {
    expect(judgeWith(slug, patch).fix?.commands[0]?.text).toBe(
      `${command}--profile prod --region eu-central-1`,
    )
  })
})

describe('one cause, one failure', () => {
  const ruleOf = (slug: string) => rules.filter((rule) => rule.slug === slug)
  const facts = factsWith({ ...wired(), queueExists: false, functionExists: false })

  it.each([
    ['mapping-without-queue', 'queue-not-found'],
    ['mapping-without-function', 'function-not-found'],
  ])('%s is skipped where %s has failed', (later, sooner) => {
    const [found] = ruleOf(sooner).map((rule) => judgeInTurn(rule, [], facts, context))
    const [finding] = ruleOf(later).map((rule) => judgeInTurn(rule, found ? [found] : [], facts, context))
    expect(found?.status).toBe('fail')
    expect(finding).toMatchObject({
      status: 'skip',
      message: `The rule ${sooner} says it already.`,
      fix: null,
      certainty: 'none',
    })
  })

  it.each(['mapping-without-queue', 'mapping-without-function'])(
    '%s fails where it is asked alone',
    (slug) => {
      expect(ruleOf(slug).map((rule) => judgeInTurn(rule, [], facts, context).status)).toEqual(['fail'])
    },
  )

  it('a queue that is its own dead-letter queue is told once', () => {
    const redrive = { deadLetterQueueArn: context.queueArn, maxReceiveCount: 5 }
    const deadLetterQueue = {
      retentionSeconds: 345_600,
      redriveAllowPolicy: '{"redrivePermission":"denyAll"}',
    }
    const own = factsWith({ queue: { redrive }, deadLetterQueue })
    const findings: Finding[] = []
    for (const rule of rules) findings.push(judgeInTurn(rule, findings, own, context))
    const told = findings.filter(({ status, rule }) => status !== 'pass' && rule.startsWith('dead-letter'))
    expect(told.map(({ rule, status }) => [rule, status])).toEqual([
      ['dead-letter-queue-is-source', 'fail'],
      ['dead-letter-queue-refuses-source', 'skip'],
      ['dead-letter-retention-too-short', 'skip'],
    ])
  })

  it('a rule yields to rules that are judged before it', () => {
    const slugs = rules.map(({ slug }) => slug)
    const pairs = rules.flatMap(({ slug, yieldsTo = [] }) => yieldsTo.map((other) => [other, slug] as const))
    expect(pairs).toEqual([
      ['partitions-differ', 'regions-differ'],
      ['dead-letter-queue-is-source', 'dead-letter-queue-refuses-source'],
      ['dead-letter-queue-is-source', 'dead-letter-retention-too-short'],
      ['queue-not-found', 'mapping-without-queue'],
      ['function-not-found', 'mapping-without-function'],
    ])
    for (const [sooner, later] of pairs) {
      expect(slugs).toContain(sooner)
      expect(slugs.indexOf(sooner)).toBeLessThan(slugs.indexOf(later))
    }
  })
})
