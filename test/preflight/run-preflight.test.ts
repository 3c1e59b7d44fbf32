import { GetQueueAttributesCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs'
import { describe, expect, it } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { runPreflight } from '../../src/operations/run-preflight.js'
import { collectFailure } from '../support/collect.js'
import { account, mockedSession } from './mocked-session.js'
import { preflight } from './preflight-world.js'

describe('a queue of another account', () => {
  it('that SQS calls missing is unknown, because it may only be hidden', async () => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    mocks.sqs
      .on(GetQueueAttributesCommand)
      .rejects(new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} }))
    const { byRule } = await preflight(session, { queue: 'arn:aws:sqs:eu-central-1:444455556666:orders' })
    expect(byRule['queue-not-found']).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/444455556666 may mean that you have no access/),
    })
  })
})

describe('before the first call', () => {
  it.each([
    ['a malformed queue', { queue: 'my queue' }, /letters, digits/],
    ['a malformed function', { function: 'worker:' }, /ends in a colon/],
    ['a rule that does not exist', { ignore: ['no-such-rule'] }, /no rule "no-such-rule"/],
  ])('%s is a usage error', async (_, request, message) => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    const asked = {
      queue: 'orders',
      function: 'worker',
      settings: {},
      sendTest: false,
      ignore: [],
      only: [],
      ...request,
    }
    const { error, events } = await collectFailure(runPreflight(asked, session))
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) })
    expect(events).toEqual([])
    expect(mocks.sts.calls()).toHaveLength(0)
  })
})

describe('Ctrl-C', () => {
  it('ends the preflight at once, even while an endpoint hangs', async () => {
    const controller = new AbortController()
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`, controller.signal)
    mocks.sqs
      .on(GetQueueAttributesCommand)
      .callsFake(() => new Promise(() => controller.abort(new SqsTriggerError('INTERRUPTED', 'Stopped.'))))
    const request = {
      queue: 'orders',
      function: 'worker',
      settings: {},
      sendTest: false,
      ignore: [],
      only: [],
    }
    const { error, types } = await collectFailure(runPreflight(request, session))
    expect(error.code).toBe('INTERRUPTED')
    expect(types).not.toContain('facts-gathered')
  })
})

describe('a rule to be ignored', () => {
  it('is told as ignored; one that AWS enforces is not', async () => {
    const { session } = await mockedSession(`arn:aws:iam::${account}:root`)
    const { byRule } = await preflight(session, {
      ignore: ['no-dead-letter-queue', 'batch-size-needs-window'],
      settings: { batchSize: 50 },
    })
    expect(byRule['no-dead-letter-queue']?.status).toBe('ignored')
    expect(byRule['batch-size-needs-window']?.status).toBe('fail')
  })
})
