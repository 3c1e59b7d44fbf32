import {
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, test } from 'vitest'
import { appendLogEvents } from '../../src/sandbox/logs/append-log-events.js'
import { keptBytes, keptStreams } from '../../src/sandbox/logs/state.js'
import { startOfTime, startTestSandbox, type TestSandbox } from '../support/sandbox.js'

const name = '/aws/lambda/worker'
const address = { account: '111122223333', region: 'us-east-1', name }

interface Written {
  readonly stream?: string
  readonly at?: number
  readonly message: string
}

async function start(events: readonly Written[]) {
  const sandbox = await startTestSandbox()
  for (const { stream = 's', at = 0, message } of events) {
    appendLogEvents(sandbox.world, address, stream, [{ timestamp: startOfTime + at, message }])
  }
  return sandbox
}

async function filter(sandbox: TestSandbox, input: Partial<FilterLogEventsCommandInput> = {}) {
  const answer = await sandbox.caller.logs.send(
    new FilterLogEventsCommand({ logGroupName: name, ...input } as FilterLogEventsCommandInput),
  )
  return { ...answer, messages: (answer.events ?? []).map(({ message }) => message) }
}

describe('FilterLogEvents', () => {
  test('shows events of all streams in the order of time', async () => {
    const sandbox = await start([
      { stream: 'a', at: 20, message: 'third' },
      { stream: 'b', at: 10, message: 'second' },
      { stream: 'a', at: 0, message: 'first' },
    ])
    const { events, nextToken } = await filter(sandbox)
    expect(nextToken).toBeUndefined()
    expect(events).toEqual([
      expect.objectContaining({ logStreamName: 'a', timestamp: startOfTime, message: 'first' }),
      expect.objectContaining({ logStreamName: 'b', timestamp: startOfTime + 10, message: 'second' }),
      expect.objectContaining({ logStreamName: 'a', ingestionTime: startOfTime, message: 'third' }),
    ])
    expect(new Set(events?.map(({ eventId }) => eventId)).size).toBe(3)
  })

  test.each<{ what: string; input: Partial<FilterLogEventsCommandInput>; found: readonly string[] }>([
    { what: 'start time', input: { startTime: startOfTime + 10 }, found: ['two', 'three'] },
    { what: 'end time', input: { endTime: startOfTime + 10 }, found: ['one', 'two'] },
    { what: 'stream names', input: { logStreamNames: ['b'] }, found: ['two'] },
    { what: 'stream prefix', input: { logStreamNamePrefix: 'c' }, found: ['three'] },
    { what: 'pattern', input: { filterPattern: 'three' }, found: ['three'] },
    {
      what: 'group as ARN',
      input: {
        logGroupName: undefined,
        logGroupIdentifier: `arn:aws:logs:us-east-1:111122223333:log-group:${name}`,
      },
      found: ['one', 'two', 'three'],
    },
  ])('by $what', async ({ input, found }) => {
    const sandbox = await start([
      { stream: 'a', at: 0, message: 'one' },
      { stream: 'b', at: 10, message: 'two' },
      { stream: 'c', at: 20, message: 'three' },
    ])
    expect((await filter(sandbox, input)).messages).toEqual(found)
  })

  test('pages go on where they ended, also past events of the same millisecond and late ones', async () => {
    const sandbox = await start(['1', '2', '3', '4', '5'].map((message) => ({ message })))
    const first = await filter(sandbox, { limit: 2 })
    appendLogEvents(sandbox.world, address, 's', [{ timestamp: startOfTime - 5, message: 'late' }])
    const second = await filter(sandbox, { limit: 2, nextToken: first.nextToken })
    const third = await filter(sandbox, { limit: 2, nextToken: second.nextToken })
    expect([first, second, third].map(({ messages }) => messages)).toEqual([['1', '2'], ['3', '4'], ['5']])
    expect(third.nextToken).toBeUndefined()
  })

  test('a page may be empty while what is sought lies further on', async () => {
    const long = 'x'.repeat(100_000)
    const noise = Array.from({ length: 30 }, (_, at) => ({ at, stream: `s${at % 2}`, message: long }))
    const sandbox = await start([...noise, { at: 30, message: 'token' }])
    const pages: (readonly (string | undefined)[])[] = []
    let nextToken: string | undefined
    do {
      const page = await filter(sandbox, { filterPattern: 'token', nextToken })
      pages.push(page.messages)
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(pages).toEqual([[], [], ['token']])
  })

  test.each([
    {
      what: 'a group that is not there',
      input: { logGroupName: '/aws/lambda/other' },
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    },
    {
      what: 'a limit that is too big',
      input: { limit: 10_001 },
      name: 'InvalidParameterException',
      message: expect.any(String),
    },
    {
      what: 'a token that is none',
      input: { nextToken: 'made-up' },
      name: 'InvalidParameterException',
      message: expect.any(String),
    },
  ])('refuses $what', async ({ input, name: error, message }) => {
    const sandbox = await start([{ message: 'm' }])
    await expect(filter(sandbox, input)).rejects.toMatchObject({ name: error, message })
  })
})

describe('filter patterns', () => {
  const lines = ['ERROR order 7', 'WARN order 8', 'INFO said "no" to order 9', '4f1e-22 done']
  test.each([
    { pattern: '', found: lines },
    { pattern: 'order', found: lines.slice(0, 3) },
    { pattern: 'Order', found: [] },
    { pattern: 'ERROR 7', found: [lines[0]] },
    { pattern: '"order 8"', found: [lines[1]] },
    { pattern: '"4f1e-22"', found: [lines[3]] },
    { pattern: '"said \\"no\\""', found: [lines[2]] },
    { pattern: '?ERROR ?WARN', found: lines.slice(0, 2) },
    { pattern: 'order -ERROR', found: lines.slice(1, 3) },
  ])('$pattern', async ({ pattern, found }) => {
    const sandbox = await start(lines.map((message) => ({ message })))
    expect((await filter(sandbox, { filterPattern: pattern })).messages).toEqual(found)
  })

  test.each(['4f1e-22', '{ $.level = "ERROR" }', '[ip, user]', '%ERR%', '"open'])(
    '%s is refused',
    async (filterPattern) => {
      const sandbox = await start([{ message: 'm' }])
      await expect(filter(sandbox, { filterPattern })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    },
  )
})

describe('GetLogEvents', () => {
  async function get(sandbox: TestSandbox, input: Partial<GetLogEventsCommandInput>) {
    const answer = await sandbox.admin.logs.send(
      new GetLogEventsCommand({ logGroupName: name, logStreamName: 's', limit: 2, ...input }),
    )
    return { ...answer, messages: (answer.events ?? []).map(({ message }) => message) }
  }

  test('reads forward from the head and stays at the end', async () => {
    const sandbox = await start(['1', '2', '3'].map((message) => ({ message })))
    const first = await get(sandbox, { startFromHead: true })
    const second = await get(sandbox, { nextToken: first.nextForwardToken })
    const third = await get(sandbox, { nextToken: second.nextForwardToken })
    expect([first, second, third].map(({ messages }) => messages)).toEqual([['1', '2'], ['3'], []])
    expect(third.nextForwardToken).toBe(second.nextForwardToken)
    appendLogEvents(sandbox.world, address, 's', [{ timestamp: startOfTime, message: '4' }])
    expect((await get(sandbox, { nextToken: third.nextForwardToken })).messages).toEqual(['4'])
  })

  test('reads the newest first otherwise, and backward', async () => {
    const sandbox = await start(['1', '2', '3'].map((message) => ({ message })))
    const newest = await get(sandbox, {})
    const older = await get(sandbox, { nextToken: newest.nextBackwardToken })
    expect([newest.messages, older.messages]).toEqual([['2', '3'], ['1']])
  })

  test('refuses a stream that is not there', async () => {
    const sandbox = await start([{ message: 'm' }])
    await expect(get(sandbox, { logStreamName: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 400 },
    })
  })
})

describe('memory is bounded', () => {
  test('the oldest events of a stream give way', async () => {
    const sandbox = await start([])
    const message = 'x'.repeat(1024 * 1024)
    for (let at = 0; at < 10; at += 1) {
      appendLogEvents(sandbox.world, address, 's', [{ timestamp: startOfTime + at, message }])
    }
    const [group] = sandbox.world.logs.groups.values()
    const stream = group?.streams.get('s')
    expect(stream?.bytes).toBeLessThanOrEqual(keptBytes)
    expect(stream?.events.map(({ timestamp }) => timestamp - startOfTime)).toEqual([7, 8, 9])
  })

  test('the oldest streams of a group give way', async () => {
    const sandbox = await start([])
    for (let number = 0; number <= keptStreams; number += 1) {
      appendLogEvents(sandbox.world, address, `s${number}`, [{ timestamp: startOfTime, message: 'm' }])
    }
    const [group] = sandbox.world.logs.groups.values()
    expect(group?.streams.size).toBe(keptStreams)
    expect(group?.streams.has('s0')).toBe(false)
  })
})
