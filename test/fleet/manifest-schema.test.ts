import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readManifest } from '../../src/fleet/manifest/read-manifest.js'
import { rules } from '../../src/preflight/rules/index.js'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/manifest-v1.json'), 'utf8'))
const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(schema)
const isRead = (text: string) => {
  try {
    readManifest({ file: 'x', text }, undefined, rules)
    return true
  } catch {
    return false
  }
}

const trigger = 'name: x\ntriggers:\n  - queue: a\n    function: b\n'

describe('the schema and the reader agree', () => {
  test.each([
    '',
    'name: x',
    trigger,
    `${trigger}    name: main\n`,
    `${trigger}    settings: {batch-size: 5, batch-window: 0, max-concurrency: null, filters: [], tags: {a: 1}}\n`,
    'settings:\ntriggers:\nignore:\n',
    'settings: {batch-size: null, batch-window: null, report-batch-item-failures: null, event-count-metrics: null, tags: null, enabled: null}',
    'settings: {filters: [{body: {a: [1]}}, "{}"], enabled: false, event-count-metrics: true}',
    'ignore: [{rule: no-dead-letter-queue, queue: "a*", reason: because, expires: 2027-01-31}]',
    'environments: {prod: {settings: {batch-size: 3}}}',
    `${trigger}    name: main\nenvironments: {prod: {triggers: [{name: main, queue: c}]}}\n`,
  ])('good: %j', (text) => {
    expect([validate(parse(text)), validate.errors, isRead(text)]).toEqual([true, null, true])
  })

  test.each([
    'nam: x',
    'name: "a b"',
    'name: ""',
    '[1]',
    'name: x\ntriggers: [{queue: a}]',
    'name: x\ntriggers: [{function: a}]',
    'name: x\ntriggers: {queue: a, function: b}',
    `${trigger}    batch-size: 5\n`,
    'settings: {batchSize: 5}',
    'settings: {batch-size: 0}',
    'settings: {batch-size: 10001}',
    'settings: {batch-size: 1.5}',
    'settings: {batch-size: "5"}',
    'settings: {batch-window: 301}',
    'settings: {max-concurrency: 1}',
    'settings: {minimum-pollers: 1}',
    'settings: {enabled: maybe}',
    'settings: {tags: [a]}',
    'settings: {tags: {"aws:a": b}}',
    'settings: {tags: {a: {b: c}}}',
    'settings: {filters: {body: {}}}',
    'settings: {filters: [1]}',
    'ignore: [{rule: no-dead-letter-queue}]',
    'ignore: [{rule: no-dead-letter-queue, reason: ""}]',
    'ignore: [{rule: queue-not-found, reason: because}]',
    'ignore: [{rule: no-such-rule, reason: because}]',
    'ignore: [{rule: no-dead-letter-queue, reason: because, expires: soon}]',
    'environments: {prod: {name: x}}',
    'environments: {"a b": {}}',
    'environments: [prod]',
  ])('bad: %j', (text) => {
    expect([validate(parse(text)), isRead(text)]).toEqual([false, false])
  })
})

test('the rules that may be ignored are those that AWS does not enforce', () => {
  const free = rules.filter(({ enforcedByAws }) => !enforcedByAws).map(({ slug }) => slug)
  expect(schema.$defs.ignore.items.properties.rule.enum).toEqual(free.toSorted())
})
