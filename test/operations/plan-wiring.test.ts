import { GetEventSourceMappingCommand, ListTagsCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test, vi } from 'vitest'
import type { Mapping, MappingSettings } from '../../src/mapping.js'
import type { WireRequest } from '../../src/operations/requests.js'
import { planWiring, wire } from '../../src/operations/wire.js'
import type { Finding } from '../../src/preflight/finding.js'
import { collect, collectFailure } from '../support/collect.js'
import { configuration, denied, fakeSession, functionArn, mapping, queueArn } from './fake-session.js'

/** What the preflight finds; its own tests are elsewhere. */
const world = vi.hoisted(() => ({
  mappings: undefined as readonly unknown[] | undefined,
  findings: [] as readonly unknown[],
}))
vi.mock('../../src/operations/run-preflight.js', () => ({
  async *runPreflight() {
    yield { type: 'caller-identified', context: { account: '111122223333' } }
    const target = {
      queueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
      functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker',
      roleArn: null,
    }
    const mappings =
      world.mappings === undefined
        ? { state: 'unknown', reason: 'refused' }
        : { state: 'known', value: world.mappings }
    return { context: { account: '111122223333' }, target, findings: world.findings, facts: { mappings } }
  },
}))

const finding = (rule: string, status: Finding['status'], severity: Finding['severity']) => ({
  rule,
  status,
  severity,
})
const request = (settings: MappingSettings = {}): WireRequest => ({
  queue: 'orders',
  function: 'worker',
  settings,
  sendTest: false,
  ignore: [],
  only: [],
})
const aliased = mapping({ FunctionArn: `${functionArn}:live`, BatchSize: 1 })

async function planned(
  mappings: readonly Mapping[] | undefined,
  findings: readonly unknown[],
  settings: MappingSettings = {},
  fake = fakeSession(),
) {
  Object.assign(world, { mappings, findings })
  return await collect(planWiring(request(settings), fake.session))
}

describe('the outcome of a plan', () => {
  const bad = finding('role-lacks-receive-message', 'fail', 'error')
  const differs = finding('mapping-differs', 'fail', 'error')
  const rows: readonly [
    string,
    readonly Mapping[] | undefined,
    readonly unknown[],
    MappingSettings,
    string,
  ][] = [
    ['nothing there', [], [], {}, 'create'],
    ['the mappings cannot be seen', undefined, [], {}, 'create'],
    ['only another alias is wired', [aliased], [], { batchSize: 5 }, 'create'],
    ['the same', [mapping()], [], { batchSize: 10 }, 'unchanged'],
    ['on its way out', [mapping({ State: 'Deleting' })], [], {}, 'create'],
    ['other settings', [mapping()], [differs], { batchSize: 5 }, 'differs'],
    ['disabled', [mapping({ State: 'Disabled' })], [], {}, 'disabled'],
    ['a blocking finding', [], [bad], {}, 'blocked'],
    ['a blocking finding, and the same mapping', [mapping()], [bad], {}, 'blocked'],
    ['a blocking finding, and a conflict', [mapping()], [bad, differs], { batchSize: 5 }, 'differs'],
    [
      'warnings, unknowns and ignored ones',
      [],
      [finding('a', 'warn', 'warning'), finding('b', 'unknown', 'error'), finding('c', 'ignored', 'error')],
      {},
      'create',
    ],
  ]
  test.each(rows)('%s', async (_, mappings, findings, settings, outcome) => {
    const { types, result } = await planned(mappings, findings, settings)
    expect(result.outcome).toBe(outcome)
    expect(result.changes.length).toBe(outcome === 'create' ? 1 : 0)
    expect(types.includes('planned')).toBe(outcome === 'create' || outcome === 'unchanged')
  })

  test('the change carries what was asked for, and the action that it needs', async () => {
    const { result } = await planned([], [], { batchSize: 5 })
    expect(result.changes).toEqual([
      {
        action: 'create',
        type: 'event-source-mapping',
        iamAction: 'lambda:CreateEventSourceMapping',
        queueArn,
        functionArn,
        settings: { batchSize: 5 },
      },
    ])
  })

  test('warnings block at their level', async () => {
    Object.assign(world, {
      mappings: [],
      findings: [finding('no-dead-letter-queue', 'warn', 'warning'), finding('x', 'warn', 'info')],
    })
    const { result } = await collect(planWiring(request(), fakeSession().session, { failOn: 'warning' }))
    expect(result).toMatchObject({ outcome: 'blocked', blocking: [{ rule: 'no-dead-letter-queue' }] })
  })
})

describe('what the list of mappings does not tell', () => {
  test('encrypted filters are read from the mapping itself', async () => {
    const fake = fakeSession()
    const pattern = '{"body":{"a":[1]}}'
    fake.lambda
      .on(GetEventSourceMappingCommand)
      .resolves(configuration({ KMSKeyArn: 'arn:key', FilterCriteria: { Filters: [{ Pattern: pattern }] } }))
    const withheld = mapping({ KMSKeyArn: 'arn:key' })
    expect(withheld.filters).toBeUndefined()
    const { result } = await planned([withheld], [], { filters: [pattern] }, fake)
    expect(result.outcome).toBe('unchanged')
  })

  test('tags are read when they were asked for', async () => {
    const fake = fakeSession()
    fake.lambda.on(ListTagsCommand).resolves({ Tags: { team: 'b' } })
    const { result } = await planned([mapping()], [], { tags: { team: 'a' } }, fake)
    expect(result).toMatchObject({
      outcome: 'differs',
      differences: [{ setting: 'tags', wanted: { team: 'a' }, found: { team: 'b' } }],
    })
  })

  test('tags that may not be read are not compared, and that is said', async () => {
    const fake = fakeSession()
    fake.lambda.on(ListTagsCommand).rejects(denied('lambda:ListTags'))
    const { types, result } = await planned([mapping()], [], { tags: { team: 'a' } }, fake)
    expect(types).toContain('warning')
    expect(result.outcome).toBe('unchanged')
  })
})

describe('wire in one', () => {
  test('on the same state it changes nothing', async () => {
    Object.assign(world, { mappings: [mapping()], findings: [] })
    const fake = fakeSession()
    const { result } = await collect(wire(request(), {}, fake.session))
    expect(result).toEqual({ mapping: mapping(), outcome: 'unchanged', waitedMs: 0, proof: null })
    expect(fake.sent('lambda')).toEqual([])
  })

  test('a blocked plan ends with an error, and without a change', async () => {
    Object.assign(world, {
      mappings: [],
      findings: [{ ...finding('role-lacks-receive-message', 'fail', 'error'), message: 'No.', fix: null }],
    })
    const fake = fakeSession()
    const { error } = await collectFailure(wire(request(), {}, fake.session))
    expect(error.code).toBe('CHECKS_FAILED')
    expect(fake.sent('lambda')).toEqual([])
  })

  test.each([
    ['without waiting', {}, { wait: false }],
    ['of a mapping that starts disabled', { enabled: false }, {}],
  ])('no test message %s', async (_, settings, options) => {
    const { error } = await collectFailure(
      wire({ ...request(settings), sendTest: true }, options, fakeSession().session),
    )
    expect(error.code).toBe('USAGE')
  })
})
