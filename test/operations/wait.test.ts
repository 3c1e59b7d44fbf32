import { GetEventSourceMappingCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { toMapping } from '../../src/aws/event-source-mapping.js'
import { SqsTriggerError } from '../../src/errors.js'
import type { WaitTarget } from '../../src/operations/requests.js'
import { waitFor } from '../../src/operations/wait.js'
import { collect, collectFailure } from '../support/collect.js'
import { awsError, configuration, denied, fakeSession, noSuchMapping, uuid } from './fake-session.js'

type Answer = string | Error

/** Answers Get with one state (or error) after the other; the last one stays. */
function answering(fake: ReturnType<typeof fakeSession>, answers: readonly Answer[]) {
  let next = 0
  fake.lambda.on(GetEventSourceMappingCommand).callsFake(() => {
    const answer = answers[Math.min(next++, answers.length - 1)]
    if (answer instanceof Error) throw answer
    return configuration({ State: answer })
  })
}

const gone = noSuchMapping()

describe('waiting ends well', () => {
  const rows: readonly [
    name: string,
    target: WaitTarget,
    answers: readonly Answer[],
    states: readonly string[],
  ][] = [
    ['enabled at once', 'enabled', ['Enabled'], ['Enabled']],
    [
      'through the states',
      'enabled',
      ['Creating', 'Enabling', 'Enabled'],
      ['Creating', 'Enabling', 'Enabled'],
    ],
    ['an unknown state is pending', 'enabled', ['Reticulating', 'Enabled'], ['Reticulating', 'Enabled']],
    ['updating is pending', 'enabled', ['Updating', 'Enabled'], ['Updating', 'Enabled']],
    ['disabled', 'disabled', ['Disabling', 'Disabled'], ['Disabling', 'Disabled']],
    [
      'enabled is pending where disabled is wanted',
      'disabled',
      ['Enabled', 'Disabled'],
      ['Enabled', 'Disabled'],
    ],
    ['gone', 'deleted', ['Deleting', gone], ['Deleting']],
    ['gone already', 'deleted', [gone], []],
  ]
  test.each(rows)('%s', async (_, target, answers, states) => {
    const fake = fakeSession()
    answering(fake, answers)
    const { events, result } = await collect(waitFor({ uuid, for: target, timeoutMs: 60_000 }, fake.session))
    expect(events.map((event) => event.type === 'mapping-state' && event.mapping.state)).toEqual(states)
    expect(result.mapping?.state ?? null).toBe(target === 'deleted' ? null : states.at(-1))
    expect(result.waitedMs).toBe(fake.time.elapsed())
    expect(fake.sent('lambda')).toEqual(answers.map(() => ['GetEventSourceMapping', { UUID: uuid }]))
  })

  test('a state that is known already costs no call', async () => {
    const fake = fakeSession()
    const seen = toMapping(configuration())
    if (!seen) throw new Error('the fixture is a mapping')
    const { events, result } = await collect(
      waitFor({ uuid, for: 'enabled', timeoutMs: 60_000, seen }, fake.session),
    )
    expect(events).toEqual([
      { type: 'mapping-state', mapping: seen, changed: true, elapsedMs: 0, timeoutMs: 60_000 },
    ])
    expect(result).toEqual({ mapping: seen, waitedMs: 0 })
    expect(fake.sent('lambda')).toEqual([])
  })

  test('tells which looks brought something new, and when', async () => {
    const fake = fakeSession()
    answering(fake, ['Creating', 'Creating', 'Creating', 'Enabled'])
    const { events } = await collect(waitFor({ uuid, for: 'enabled', timeoutMs: 60_000 }, fake.session))
    const looks = events.map((event) => event.type === 'mapping-state' && [event.elapsedMs, event.changed])
    expect(looks).toEqual([
      [0, true],
      [250, false],
      [1_000, false],
      [1_250, true],
    ])
  })

  test('just created, it may be missing for a moment', async () => {
    const fake = fakeSession()
    answering(fake, [gone, gone, 'Enabled'])
    const request = { uuid, for: 'enabled', timeoutMs: 60_000, justCreated: true } as const
    const { types, result } = await collect(waitFor(request, fake.session))
    expect(types).toEqual(['mapping-state'])
    expect(result.mapping?.state).toBe('Enabled')
  })

  test('without the right to get it, the list tells; once refused, it is not asked for again', async () => {
    const fake = fakeSession()
    fake.lambda.on(GetEventSourceMappingCommand).rejects(denied('lambda:GetEventSourceMapping'))
    const other = configuration({ UUID: uuid.replace('7', '8') })
    fake.lambda
      .on(ListEventSourceMappingsCommand)
      .resolvesOnce({ EventSourceMappings: [other, configuration({ State: 'Creating' })] })
      .resolvesOnce({ EventSourceMappings: [other], NextMarker: 'next' })
      .resolves({ EventSourceMappings: [configuration()] })
    const { types, result } = await collect(
      waitFor({ uuid, for: 'enabled', timeoutMs: 60_000 }, fake.session),
    )
    expect(types).toEqual(['warning', 'mapping-state', 'mapping-state'])
    expect(result.mapping?.uuid).toBe(uuid)
    const commands = fake.sent('lambda').map(([name]) => name)
    const list = 'ListEventSourceMappings'
    expect(commands).toEqual(['GetEventSourceMapping', list, list, list])
  })
})

describe('AWS is asked too often', () => {
  const throttled = awsError('TooManyRequestsException', 'Rate exceeded', 429)

  test('which is said once, and looked at less often, until it is there', async () => {
    const fake = fakeSession()
    answering(fake, ['Creating', throttled, throttled, throttled, 'Enabled'])
    const request = { uuid, for: 'enabled', timeoutMs: 60_000 } as const
    const { events, result } = await collect(waitFor(request, fake.session))
    expect(result.mapping?.state).toBe('Enabled')
    expect(events.map((event) => (event.type === 'warning' ? event.message : event.type))).toEqual([
      'mapping-state',
      'AWS is asked too often by this account; looking less often.',
      'mapping-state',
    ])
    // 250 ms, then 5, 10 and 20 s apart.
    expect(result.waitedMs).toBeGreaterThanOrEqual(35_000)
  })

  test('until the time is over: then it is not finished, whatever AWS answered last', async () => {
    const fake = fakeSession()
    answering(fake, ['Creating', throttled])
    const { error } = await collectFailure(waitFor({ uuid, for: 'enabled', timeoutMs: 60_000 }, fake.session))
    expect(error).toMatchObject({
      code: 'NOT_FINISHED',
      message: expect.stringContaining('is still Creating'),
    })
  })
})

describe('waiting fails', () => {
  const rows: readonly [
    name: string,
    target: WaitTarget,
    answers: readonly Answer[],
    code: string,
    message: RegExp,
    hint: RegExp,
  ][] = [
    [
      'Disabled',
      'enabled',
      ['Creating', 'Disabled'],
      'MAPPING_STATE',
      /is Disabled.*USER_INITIATED/,
      /sqs-trigger enable/,
    ],
    ['Deleting', 'enabled', ['Deleting'], 'MAPPING_NOT_FOUND', /is being deleted/, /sqs-trigger list/],
    ['gone', 'enabled', ['Creating', gone], 'MAPPING_NOT_FOUND', /does not exist/, /sqs-trigger list/],
    [
      'gone where disabled is wanted',
      'disabled',
      [gone],
      'MAPPING_NOT_FOUND',
      /does not exist/,
      /sqs-trigger list/,
    ],
    [
      'deadline',
      'enabled',
      ['Creating'],
      'NOT_FINISHED',
      /still Creating after 60 s/,
      new RegExp(`^sqs-trigger wait ${uuid} --region eu-west-1$`),
    ],
    [
      'deadline of a deletion',
      'deleted',
      ['Deleting'],
      'NOT_FINISHED',
      /still Deleting/,
      /wait \S+ --for deleted/,
    ],
    [
      'deadline of a deletion that nobody asked for',
      'deleted',
      ['Enabled'],
      'NOT_FINISHED',
      /is Enabled; nobody has asked to delete it\. Waited 60 s\.$/,
      new RegExp(`^sqs-trigger unwire ${uuid} --region eu-west-1$`),
    ],
    [
      'deadline of a disabling that nobody asked for',
      'disabled',
      ['Enabled'],
      'NOT_FINISHED',
      /is Enabled; nobody has asked to disable it\./,
      /^sqs-trigger disable \S+ --region eu-west-1$/,
    ],
  ]
  test.each(rows)('%s', async (_, target, answers, code, message, hint) => {
    const fake = fakeSession()
    answering(fake, answers)
    const { error } = await collectFailure(waitFor({ uuid, for: target, timeoutMs: 60_000 }, fake.session))
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
  })

  test('a deletion that was asked for is not denied while AWS still shows the old state', async () => {
    const fake = fakeSession()
    answering(fake, ['Enabled'])
    const request = { uuid, for: 'deleted', timeoutMs: 0, asked: true } as const
    const { error } = await collectFailure(waitFor(request, fake.session))
    expect(error.message).not.toMatch(/nobody has asked/)
    expect(error.hint).toMatch(/^sqs-trigger wait /)
  })

  test('the deadline is kept to the millisecond, with a last look at it', async () => {
    const fake = fakeSession()
    answering(fake, ['Creating'])
    const { events } = await collectFailure(waitFor({ uuid, for: 'enabled', timeoutMs: 7_300 }, fake.session))
    expect(fake.time.elapsed()).toBe(7_300)
    expect(events.at(-1)).toMatchObject({ elapsedMs: 7_300, timeoutMs: 7_300 })
  })

  test('missing for longer than ten seconds after its creation', async () => {
    const fake = fakeSession()
    answering(fake, [gone])
    const request = { uuid, for: 'enabled', timeoutMs: 60_000, justCreated: true } as const
    const { error } = await collectFailure(waitFor(request, fake.session))
    expect(error.code).toBe('MAPPING_NOT_FOUND')
    expect(fake.time.elapsed()).toBeGreaterThanOrEqual(10_000)
    expect(fake.time.elapsed()).toBeLessThan(15_000)
  })

  test('another refusal is passed on', async () => {
    const fake = fakeSession()
    fake.lambda.on(GetEventSourceMappingCommand).rejects(denied('lambda:GetEventSourceMapping'))
    fake.lambda.on(ListEventSourceMappingsCommand).rejects(denied('lambda:ListEventSourceMappings'))
    const { error } = await collectFailure(waitFor({ uuid, for: 'enabled', timeoutMs: 60_000 }, fake.session))
    expect(error.code).toBe('ACCESS_DENIED')
  })

  test.each([
    ['INTERRUPTED', 'enabled', { justCreated: true }, /\nremove: sqs-trigger unwire /],
    ['TERMINATED', 'enabled', { justCreated: true }, /\nremove: sqs-trigger unwire /],
    ['INTERRUPTED', 'enabled', { back: 'sqs-trigger disable it' }, /\nback: sqs-trigger disable it$/],
    // Whoever only watches has nothing to take back.
    ['INTERRUPTED', 'enabled', {}, /^continue: [^\n]*$/],
    ['INTERRUPTED', 'deleted', {}, /^continue: [^\n]* --for deleted [^\n]*$/],
  ] as const)(
    '%s while waiting for %s, %j, says how to go on, and how back',
    async (code, target, more, hint) => {
      const fake = fakeSession()
      answering(fake, ['Working'])
      fake.time.at(12_000, () => fake.controller.abort(new SqsTriggerError(code, 'Stopped.')))
      const request = { uuid, for: target, timeoutMs: 60_000, ...more }
      const { error } = await collectFailure(waitFor(request, fake.session))
      expect(error.code).toBe(code)
      expect(error.message).toContain(`after 12 s`)
      expect(error.message).toContain(uuid)
      expect(error.hint).toContain(`sqs-trigger wait ${uuid}`)
      expect(error.hint).toMatch(hint)
    },
  )

  test('INTERRUPTED while nobody has asked for the deletion says so', async () => {
    const fake = fakeSession()
    answering(fake, ['Enabled'])
    fake.time.at(12_000, () => fake.controller.abort(new SqsTriggerError('INTERRUPTED', 'Stopped.')))
    const { error } = await collectFailure(waitFor({ uuid, for: 'deleted', timeoutMs: 60_000 }, fake.session))
    expect(error.message).toMatch(
      /^Stopped waiting after 12 s\. .* is Enabled; nobody has asked to delete it\.$/,
    )
    expect(error.hint).toMatch(/^continue: sqs-trigger wait .* --for deleted .*\ndelete: sqs-trigger unwire/)
  })
})
