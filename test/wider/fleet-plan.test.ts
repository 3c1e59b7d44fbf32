import { expect, test } from 'vitest'
import { gatherExport } from '../../src/export/gather-export.js'
import yaml from '../../src/export/yaml.js'
import { runToEnd } from '../../src/operations/run-to-end.js'
import { actionsOf, fileOf, startFleet } from '../fleet/fleet-scene.js'

const wire = (queue: string, tags: Readonly<Record<string, string>> = {}, BatchSize = 3) => ({
  service: 'lambda' as const,
  operation: 'CreateEventSourceMapping',
  input: {
    EventSourceArn: `arn:aws:sqs:us-east-1:111122223333:${queue}`,
    FunctionName: 'f0',
    BatchSize,
    Tags: tags,
  },
})

test('what the file no longer names goes with --prune alone, what it names otherwise is changed', async () => {
  const { plan, apply, mappings, sandbox } = await startFleet(4)
  await apply(await plan(fileOf(3)))
  await sandbox.seed([wire('q3')])
  const changed = fileOf(2, 1, 'batch-size: 9')
  expect(actionsOf(await plan(changed))).toEqual(['update q0', 'update q1', 'left q2'])
  const pruning = await plan(changed, { prune: true })
  expect(actionsOf(pruning)).toEqual(['update q0', 'update q1', 'delete q2'])
  await apply(pruning)
  expect(mappings()).toEqual([
    'q0 f0 9 {"sqs-trigger:manifest":"shop"}',
    'q1 f0 9 {"sqs-trigger:manifest":"shop"}',
    'q3 f0 3 {}',
  ])
})

test('what is not its own it leaves alone, unless nobody owns it and it is told to take it over', async () => {
  const { plan, apply, mappings, sandbox } = await startFleet(4)
  await sandbox.seed([
    wire('q0'),
    wire('q1', { 'sqs-trigger:manifest': 'other' }),
    wire('q2', { 'sqs-trigger:manifest': 'shop' }),
    wire('q3', {}, 7),
  ])
  const { world } = sandbox
  const [stacked] = [...world.eventSources.mappings.values()].filter(({ queueArn }) =>
    queueArn.endsWith(':q2'),
  )
  if (stacked) {
    const tags = { ...stacked.tags, 'aws:cloudformation:stack-name': 'infra' }
    world.eventSources.mappings.set(stacked.uuid, { ...stacked, tags })
  }
  const before = mappings()
  const first = await plan(fileOf(4), { prune: true })
  expect(actionsOf(first)).toEqual(['foreign q0', 'foreign q1', 'foreign q2', 'unchanged q3'])
  expect(first.steps.map(({ reason }) => reason)).toEqual([
    'it was not made by this file; --adopt takes it over',
    'it belongs to the file named other',
    'it belongs to the CloudFormation stack infra',
    null,
  ])
  expect(first.unowned).toBe(1)
  await apply(first)
  expect(mappings()).toEqual(before)
  const adopting = await plan(fileOf(4), { adopt: true })
  expect(actionsOf(adopting)).toEqual(['update q0', 'foreign q1', 'foreign q2', 'update q3'])
  await apply(adopting)
  expect(mappings()[0]).toBe('q0 f0 7 {"sqs-trigger:manifest":"shop"}')
  expect(mappings()[3]).toBe('q3 f0 7 {"sqs-trigger:manifest":"shop"}')
  expect(mappings().slice(1, 3)).toEqual(before.slice(1, 3))
  expect(actionsOf(await plan(fileOf(1)))).toEqual(['unchanged q0', 'left q3'])
})

test('null takes a setting away, and a Disabled mapping is switched on unless the file says otherwise', async () => {
  const { plan, apply, sandbox } = await startFleet(1)
  await apply(await plan(fileOf(1, 1, 'max-concurrency: 5')))
  const off = fileOf(1, 1, 'enabled: false')
  await apply(await plan(off))
  expect(actionsOf(await plan(off))).toEqual(['unchanged q0'])
  const other = await plan(`${fileOf(1, 1, 'max-concurrency: null')}\n`)
  expect(other.steps[0]).toMatchObject({
    action: 'update',
    differences: [
      { setting: 'enabled', wanted: true, found: false },
      { setting: 'maxConcurrency', wanted: null, found: 5 },
    ],
  })
  const { steps } = await apply(other)
  expect(steps.map(({ outcome, mapping }) => [outcome, mapping?.state])).toEqual([['done', 'Enabled']])
  const [mapping] = sandbox.world.eventSources.mappings.values()
  expect(mapping).toMatchObject({ state: 'Enabled' })
  expect(actionsOf(await plan('name: shop\ntriggers: [{queue: q0, function: f0}]'))).toEqual(['unchanged q0'])
})

test('a file of what exists says: no changes', async () => {
  const { plan, apply, session } = await startFleet(4, 2)
  const written = `${fileOf(3, 2, 'batch-window: 5')}\n    settings: {}\n`.replace(/\n {4}settings.*\n/, '\n')
  await apply(await plan(written))
  await apply(
    await plan(
      `name: other\ntriggers: [{queue: q3, function: f0, settings: {filters: ['{"body":{"a":["it''s: #1"]}}'], max-concurrency: 9, enabled: false, tags: {"odd: key": "yes", n: "1"}}}]`,
    ),
  )
  const world = await runToEnd(gatherExport({}, yaml.needs, session))
  const { text, notes } = yaml.write(world)
  expect(text).toMatchSnapshot()
  expect(notes).toEqual([
    'q0 to f0 and 2 more belong to the file named shop: apply will not change them from this file.',
    'q3 to f0 belongs to the file named other: apply will not change it from this file.',
  ])
  const again = await plan(text)
  expect(actionsOf(again)).toEqual(['unchanged q0', 'unchanged q1', 'unchanged q2', 'unchanged q3'])
})

test('a trigger that the checks refuse is blocked, and an ignore that counts for nothing is told', async () => {
  const { plan, warnings } = await startFleet(2)
  const first = await plan(`${fileOf(2)}
  - {queue: nowhere, function: f0}
ignore:
  - {rule: no-dead-letter-queue, reason: resent, queue: 'q*'}
  - {rule: no-dead-letter-queue, reason: resent, queue: 'z*'}
  - {rule: no-dead-letter-queue, reason: resent, queue: q1, expires: 2020-01-01}
`)
  expect(actionsOf(first)).toEqual(['create q0', 'create q1', 'blocked nowhere'])
  expect(first.steps[2]?.blocking.map(({ rule }) => rule)).toEqual(['queue-not-found'])
  const statuses = first.findings
    .filter(({ rule }) => rule === 'no-dead-letter-queue')
    .map(({ status }) => status)
  expect(statuses).toEqual(['ignored', 'ignored', 'skip'])
  expect(first.unused.map(({ queue }) => queue)).toEqual(['z*'])
  expect(warnings()).toEqual([
    'The ignore of no-dead-letter-queue in sqs-trigger.yaml, line 11, held until 2020-01-01: the rule counts again.',
  ])
})

test('two triggers that are the same under other names are refused', async () => {
  const { plan } = await startFleet(1)
  const twice = `${fileOf(1)}\n  - {queue: 'arn:aws:sqs:us-east-1:111122223333:q0', function: f0}\n`
  await expect(plan(twice)).rejects.toThrow('lines 5 and 6: both wire')
})

test('one that fails holds up no other', async () => {
  const { plan, apply, sandbox } = await startFleet(3)
  const planned = await plan(fileOf(3))
  await sandbox.seed([
    { service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: `${sandbox.endpoint}/111122223333/q1` } },
  ])
  const { steps } = await apply(planned)
  expect(steps.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done'])
})

test('a caller without tag:GetResources may plan and apply, but not prune', async () => {
  const { plan, apply, sandbox, warnings, mappings } = await startFleet(2)
  const refusing = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 400 } as const
  sandbox.faults.inject({ service: 'tag', operation: 'GetResources', effect: refusing })
  await apply(await plan(fileOf(2)))
  expect(mappings()).toHaveLength(2)
  expect(actionsOf(await plan(fileOf(2, 1, 'batch-size: 8')))).toEqual(['update q0', 'update q1'])
  expect(warnings()).toEqual(['tag:GetResources is refused, so the tags of mappings are read one by one.'])
  await expect(plan(fileOf(2), { prune: true })).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
})

test('what is as it should be costs pages, not calls', async () => {
  const { plan, apply, sandbox } = await startFleet(6, 2)
  await apply(await plan(fileOf(6, 2)))
  const before = sandbox.calls().length
  await plan(fileOf(6, 2))
  const made = sandbox
    .calls()
    .slice(before)
    .map(({ operation }) => operation)
  expect(made.toSorted()).toEqual([
    'GetCallerIdentity',
    'GetResources',
    'ListEventSourceMappings',
    'ListFunctions',
    'ListQueues',
  ])
})

test('where nothing may be listed each is read, and what may not be read is not taken for gone', async () => {
  const { plan, apply, sandbox, warnings } = await startFleet(2)
  await apply(await plan(fileOf(2)))
  const refuse = (Action: readonly string[]) => {
    const Statement = [{ Effect: 'Deny', Action, Resource: '*' }]
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    const input = { UserName: 'developer', PolicyName: 'refused', PolicyDocument }
    return sandbox.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
  }
  const lists = ['sqs:ListQueues', 'lambda:ListFunctions']
  await refuse(lists)
  const before = sandbox.calls().length
  expect(actionsOf(await plan(fileOf(2)))).toEqual(['unchanged q0', 'unchanged q1'])
  const operations = sandbox
    .calls()
    .slice(before)
    .map(({ operation }) => operation)
  expect(operations.filter((name) => name === 'GetQueueAttributes')).toHaveLength(2)
  expect(operations.filter((name) => name === 'GetFunctionConfiguration')).toHaveLength(1)
  expect(warnings()).toEqual([])
  await refuse([...lists, 'sqs:GetQueueAttributes'])
  expect(actionsOf(await plan(fileOf(2)))).toEqual(['unchanged q0', 'unchanged q1'])
  expect(warnings()).toEqual([
    expect.stringMatching(/^Whether q0, and 1 more, still exist is unknown: .*\w\.$/),
  ])
})
