import { describe, expect, it } from 'vitest'
import { openPace } from '../../src/aws/connection/pace.js'
import { awsError } from '../operations/fake-session.js'
import { sleepingClock } from './sleeping-clock.js'

const never = new AbortController().signal
const call = (service: string, operation: string) => ({ service, operation, input: {} })

/** When each of so many calls was sent, in milliseconds. */
async function sentAt(count: number, service: string, operation: string, regions = ['eu-west-1']) {
  const clock = sleepingClock()
  const pace = openPace(clock, never)
  const times: number[] = []
  const calls = regions.flatMap((region) =>
    Array.from({ length: count }, () =>
      pace.attempt(region)(call(service, operation), async () => times.push(clock.now())),
    ),
  )
  await clock.run()
  await Promise.all(calls)
  return times
}

const mostInOneSecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length))

describe('the pace of an account', () => {
  it.each([
    ['lambda', 'GetFunctionConfiguration', 15],
    ['lambda', 'ListEventSourceMappings', 15],
    ['lambda', 'GetFunction', 100],
  ])('keeps %s %s below %i calls in any second', async (service, operation, limit) => {
    expect(mostInOneSecond(await sentAt(300, service, operation))).toBeLessThan(limit)
  })

  it('has one bucket for IAM, and one for each Region of Lambda', async () => {
    const regions = ['eu-west-1', 'us-east-1']
    const ends = async (service: string, operation: string) =>
      Math.max(...(await sentAt(100, service, operation, regions)))
    expect(await ends('iam', 'GetRole')).toBeGreaterThan(24_000)
    expect(await ends('lambda', 'GetFunctionConcurrency')).toBeLessThan(10_000)
  })

  it('has no more than ten calls of SQS under way', async () => {
    const pace = openPace(sleepingClock(), never)
    let underWay = 0
    const leave: (() => void)[] = []
    for (let count = 0; count < 50; count++) {
      void pace.attempt('eu-west-1')(call('sqs', 'GetQueueAttributes'), async () => {
        underWay++
        await new Promise<void>((resolve) => leave.push(resolve))
      })
    }
    await new Promise((resolve) => setImmediate(resolve))
    expect(underWay).toBe(10)
  })

  it('slows down when it is throttled, and goes on', async () => {
    const clock = sleepingClock()
    const pace = openPace(clock, never)
    let refusals = 8
    const times: number[] = []
    const calls = Array.from({ length: 20 }, () =>
      pace.call(call('lambda', 'GetPolicy'), () =>
        pace.attempt('eu-west-1')(call('lambda', 'GetPolicy'), async () => {
          if (refusals-- > 0) throw awsError('TooManyRequestsException', 'Rate exceeded', 429)
          times.push(clock.now())
        }),
      ),
    )
    await clock.run()
    await Promise.all(calls)
    expect(times).toHaveLength(20)
    expect(clock.now()).toBeGreaterThan(5_000)
  })

  it('gives up where the throttling does not end, with the error of AWS', async () => {
    const clock = sleepingClock()
    const throttled = awsError('Throttling', 'Rate exceeded')
    const asked = openPace(clock, never).call(call('iam', 'GetRole'), () => Promise.reject(throttled))
    const ended = expect(asked).rejects.toBe(throttled)
    await clock.run()
    await ended
  })

  it('leaves every other error alone', async () => {
    const denied = awsError('AccessDenied', 'no', 403)
    const asked = openPace(sleepingClock(), never).call(call('iam', 'GetRole'), () => Promise.reject(denied))
    await expect(asked).rejects.toBe(denied)
  })
})
