import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { readManifest } from '../../src/fleet/manifest/read-manifest.js'
import { rules } from '../../src/preflight/rules/index.js'

const read = (text: string, environment?: string) =>
  readManifest({ file: 'sqs-trigger.yaml', text }, environment, rules)

/** What is said of a text that cannot be read, without the name of the file. */
function faultsIn(text: string, environment?: string): readonly string[] {
  try {
    read(text, environment)
    return []
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'USAGE') throw error
    return (error.hint ?? '').split('\n').map((line) => line.replace(/^sqs-trigger\.yaml:/, ''))
  }
}

const whole = `
name: shop
settings:
  batch-size: 100
  batch-window: 5
  max-concurrency: 10
  tags: { team: orders, number: 0042 }
triggers:
  - name: main
    queue: orders
    function: order-worker:live
    settings:
      max-concurrency: null
      filters: [{ body: { kind: [order] } }, '{"body":{"n":[1]}}']
  - { queue: 'arn:aws:sqs:eu-west-1:111122223333:billing', function: invoicer }
ignore:
  - { rule: no-dead-letter-queue, queue: 'audit-*', reason: sent again daily, expires: 2027-03-31 }
environments:
  prod:
    settings: { batch-size: 1000, tags: { stage: prod } }
    triggers: [{ name: main, queue: orders-prod }, { queue: extra, function: more }]
`

test('a file with all that it may hold', () => {
  expect(read(whole)).toMatchSnapshot()
})

test('an environment laid over it', () => {
  const { owner, environment, triggers } = read(whole, 'prod')
  expect({ owner, environment }).toEqual({ owner: 'shop/prod', environment: 'prod' })
  expect(triggers.map(({ queue, settings, clear }) => ({ queue, settings, clear }))).toMatchObject([
    {
      queue: 'orders-prod',
      settings: { batchSize: 1000, tags: { team: 'orders', number: '0042', stage: 'prod' } },
      clear: ['max-concurrency'],
    },
    { queue: expect.stringContaining('billing'), settings: { maxConcurrency: 10 }, clear: [] },
    { queue: 'extra', settings: { batchSize: 1000 } },
  ])
})

test('an unknown environment is told before what is wrong in the file', () => {
  expect(() => read('settings: {batch-size: 0}\nenvironments: {prod: {}}', 'prd')).toThrow(
    'no environment "prd"',
  )
})

test('null takes away what an outer level gives: AWS decides then', () => {
  const text = `name: x
settings: { batch-size: 100, batch-window: 5, report-batch-item-failures: true, event-count-metrics: true, enabled: false, tags: {a: b} }
triggers:
  - { queue: q, function: f, settings: { batch-size: null, batch-window: null, report-batch-item-failures: null, event-count-metrics: null, enabled: null, tags: null } }
environments:
  prod: { settings: { tags: null } }
`
  expect(read(text).triggers[0]?.settings).toEqual({
    batchSize: 10,
    batchWindowSeconds: 0,
    reportBatchItemFailures: false,
    eventCountMetrics: false,
    enabled: true,
  })
  expect(read(text, 'prod').defaults.settings.tags).toBeUndefined()
})

test('an environment that the file has not', () => {
  expect(() => read(whole, 'prd')).toThrow('has no environment "prd" – did you mean prod?')
})

test.each([
  ['JSON', '{"name":"x","triggers":[{"queue":"a","function":"b","settings":{"batch-size":5}}]}'],
  ['anchors', 'name: x\nsettings: &s {batch-size: 5}\ntriggers: [{queue: a, function: b, settings: *s}]'],
])('%s is read as the same', (_, text) => {
  expect(read(text).triggers).toMatchObject([{ queue: 'a', function: 'b', settings: { batchSize: 5 } }])
})

test('an empty file says nothing', () => {
  expect(read('# nothing yet\n')).toMatchObject({ owner: null, triggers: [], ignore: [] })
})

test('everything that is wrong is told at once, in the order of the lines', () => {
  const text = `nam: x
settings:
  batchSize: 100000
  filter: x
triggers:
  - queue: "o r"
    fonction: f
    batch-size: 3
  - queue: a
    function: b
    settings:
      batch-size: ten
      __proto__: {a: 1}
      batch-size: 3
      minimum-pollers: 10
      maximum-pollers: 5
  - 3
  - queue: a
    function: b
ignore:
  - rule: no-dead-letter-queu
  - rule: queue-not-found
    reason: x
    expires: 2027-02-30
  - rule: no-dead-letter-queue
`
  expect(faultsIn(text)).toMatchInlineSnapshot(`
    [
      "1:1: unknown key "nam" – did you mean name?",
      "3:3: unknown key "batchSize" – did you mean batch-size?",
      "4:3: unknown key "filter" – did you mean filters?",
      "6:12: The queue name "o r" may hold only letters, digits, hyphens and underscores, and may end in .fifo.",
      "7:5: unknown key "fonction" – did you mean function?",
      "8:5: unknown key "batch-size" – did you mean settings: with batch-size below it?",
      "12:7: minimum-pollers 10 and maximum-pollers 5 contradict each other.",
      "12:19: batch-size is a whole number from 1 to 10000 (messages), not "ten".",
      "13:7: __proto__ is no key that can be used here.",
      "14:7: the key "batch-size" stands in line 12 already.",
      "17:5: a trigger is a map of keys, not 3.",
      "18:5: a and b are wired in line 9 already.",
      "21:5: an ignore has a reason: write why this is as it should be.",
      "21:11: there is no rule "no-dead-letter-queu" – did you mean no-dead-letter-queue?",
      "22:11: queue-not-found cannot be ignored: AWS itself enforces it.",
      "24:14: expires is a day such as 2027-03-31, not "2027-02-30".",
      "25:5: an ignore has a reason: write why this is as it should be.",
    ]
  `)
})

test.each([
  ['a list that is not closed', 'a: [1,2\nb: 3'],
  ['too deep for anybody', '['.repeat(20_000)],
  ['an alias of itself', 'settings: &x [*x]'],
  ['an alias of nothing', 'settings: *x'],
  ['tags', 'name: !!binary aGk=\nsettings: !mine {}'],
  ['a control character as an escape', 'name: "a\\x07"'],
  ['a control character', 'name: a\u0007b'],
  ['two documents', 'name: a\n---\nname: b'],
  ['a text', 'hello'],
  ['a key that is no word', '? [a]\n: b'],
  ['triggers without a name', 'triggers: [{queue: a, function: b}]'],
  ['a number for a name', 'name: x\ntriggers: [{queue: 12, function: true}, {queue: "12", function: f}]'],
  [
    'a trigger that lacks an end',
    'name: x\ntriggers: [{name: o, queue: a, function: b}, {name: p, queue: c}]',
  ],
  ['a merge key', 'settings: {<<: {batch-size: 3}}'],
  ['one that belongs to AWS', 'settings: {tags: {"aws:x": y, "sqs-trigger:manifest": z}}'],
  ['a filter that is no JSON', 'settings: {filters: ["{", [1], 3]}'],
  ['half of the pollers', 'settings: {minimum-pollers: null, maximum-pollers: 5}'],
  ['an environment with a mistake', 'environments: {prod: {settings: {batch-size: 0}}, "a b": {}}'],
])('%s', (_, text) => {
  expect(faultsIn(text)).toMatchSnapshot()
})

test('a file that grows by its aliases is refused, and soon', () => {
  const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`
  const bomb = [
    'a: &a [x]',
    ...[...'bcdefghij'].map((name, index) => level(name, [...'abcdefghi'][index] ?? '')),
  ]
  const began = performance.now()
  expect(faultsIn(bomb.join('\n')).join()).toMatch(/more than 1000 aliases/)
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('a file of more than a mebibyte is refused', () => {
  expect(faultsIn(`# ${'x'.repeat(1_048_576)}`)).toEqual(['1:1: the file is larger than 1 MiB.'])
})

test('no key reaches a prototype', () => {
  const { defaults } = read('name: x\nsettings: {tags: {constructor: a, toString: b}}\n')
  expect(defaults.settings.tags).toEqual({ constructor: 'a', toString: 'b' })
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test('no more than twenty faults are told one by one', () => {
  const faults = faultsIn(Array.from({ length: 50 }, (_, index) => `k${index}: 1`).join('\n'))
  expect(faults).toHaveLength(21)
  expect(faults.at(-1)).toBe('And 30 more.')
})
