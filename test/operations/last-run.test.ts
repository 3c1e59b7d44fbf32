import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { readLastRun } from '../../src/operations/runs/last-run.js'
import { fakeSession, functionArn, start } from './fake-session.js'

const request = '8d3c0000-0000-4000-8000-00000000000a'
const begun = `START RequestId: ${request} Version: $LATEST\n`
const ended = `REPORT RequestId: ${request}\tDuration: 3.01 ms\t\n`
const own = '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef'
const java =
  'no order: java.lang.IllegalStateException\njava.lang.IllegalStateException: no order\n\tat a.Orders.take(Orders.java:7)\n'
const caught = 'java.lang.IllegalStateException: no order\n\tat a.Orders.take(Orders.java:7)\n'
const at = new Date(start).toISOString()

function lastRun(lines: readonly string[], runtime: string | undefined, stream = own) {
  const fake = fakeSession()
  fake.lambda.on(GetFunctionConfigurationCommand).resolves({
    Role: 'arn:aws:iam::1:role/r',
    LoggingConfig: { LogGroup: '/aws/lambda/worker' },
    ...(runtime === undefined ? {} : { Runtime: runtime as 'java21' }),
  })
  const events = lines.map((message) => ({ message, timestamp: start, logStreamName: stream }))
  fake.logs.on(FilterLogEventsCommand).callsFake(({ filterPattern }) => ({
    // Of AWS's search nobody knows whether it finds a word within a word.
    events: events.filter(({ message }) => filterPattern === undefined || !message.includes('Exception')),
  }))
  return readLastRun(functionArn, fake.session)
}

test.each([
  ['Node, without an error', [begun, ended], 'nodejs20.x', { kind: 'well', requestId: request, at }],
  [
    'Java threw: no search finds it',
    [begun, java, ended],
    'java21',
    { kind: 'failed', failure: 'java.lang.IllegalStateException: no order' },
  ],
  ['what may have been caught', [begun, caught, ended], 'java21', { kind: 'failed', certain: false }],
  [
    'a runtime that nobody knows',
    [begun, ended],
    undefined,
    { kind: 'unknown', reason: `The log does not tell whether the last run, at ${at}, failed.` },
  ],
  ['Go, whose runtime Lambda does not know', [begun, ended], 'provided.al2023', { kind: 'unknown' }],
])('%s', async (_, lines, runtime, expected) => {
  expect(await lastRun(lines, runtime)).toMatchObject(expected)
})

test('the run of another version is none of this function', async () => {
  expect(await lastRun([begun.replace('$LATEST', '3'), ended], 'nodejs20.x')).toEqual({ kind: 'none' })
})
