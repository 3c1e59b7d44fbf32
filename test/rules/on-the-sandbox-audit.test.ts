import { describe, expect, it } from 'vitest'
import { checksFailed } from '../../src/cli/checks-failed.js'
import { createOrders, preflight, sessionOf, startWorld } from '../preflight/preflight-world.js'
import { createQueue, urlOf, wire } from './special-world.js'

async function wired(settings: Readonly<Record<string, unknown>> = {}) {
  const sandbox = await startWorld()
  await createOrders(sandbox)
  const session = await sessionOf(sandbox)
  return { sandbox, session, uuid: await wire(sandbox, 'orders', settings) }
}

describe('a mapping that was left behind', () => {
  it('by its queue: the missing queue is the failure, and the mapping’s where it is asked alone', async () => {
    const slug = 'mapping-without-queue'
    const { sandbox, session, uuid } = await wired()
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
    await sandbox.seed([{ service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: urlOf(sandbox) } }])
    await sandbox.advance(61_000)
    const whole = await preflight(session)
    expect(whole.failed).toEqual(['queue-not-found'])
    expect(whole.byRule[slug]).toMatchObject({
      status: 'skip',
      message: 'The rule queue-not-found says it already.',
    })
    const blocking = whole.result.findings.filter(({ status }) => status === 'fail')
    expect(checksFailed(blocking, whole.result.findings)?.code).toBe('QUEUE_NOT_FOUND')
    const alone = await preflight(session, { only: [slug] })
    expect(alone.failed).toEqual([slug])
    expect(alone.byRule[slug]?.message).toBe(
      `Mapping ${uuid} (Enabled) reads from queue orders, which does not exist.`,
    )
    await createQueue(sandbox, 'orders')
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
  })

  it('by its function, likewise', async () => {
    const slug = 'mapping-without-function'
    const { sandbox, session, uuid } = await wired()
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
    await sandbox.seed([
      { service: 'lambda', operation: 'DeleteFunction', input: { FunctionName: 'worker' } },
    ])
    const whole = await preflight(session)
    expect(whole.failed).toEqual(['function-not-found'])
    expect(whole.byRule[slug]?.status).toBe('skip')
    const alone = await preflight(session, { only: [slug] })
    expect(alone.byRule[slug]).toMatchObject({
      status: 'fail',
      message: `Mapping ${uuid} (Enabled) calls function worker, which does not exist.`,
    })
  })

  it('by nobody: what is not wired is not judged', async () => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    const { byRule } = await preflight(await sessionOf(sandbox))
    for (const slug of [
      'mapping-without-queue',
      'mapping-without-function',
      'mapping-disabled-with-backlog',
      'mapping-disabled-by-lambda',
    ])
      expect(byRule[slug]).toMatchObject({
        status: 'skip',
        message: 'This queue and function have no mapping.',
      })
  })

  const slugs = ['mapping-without-queue', 'mapping-without-function', 'mapping-disabled-by-lambda']
  const refused = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const

  it('is nobody’s question where mappings may not be listed: that there may be one is said once', async () => {
    const { sandbox, session } = await wired()
    sandbox.faults.inject({ operation: 'ListEventSourceMappings', effect: refused })
    const { byRule } = await preflight(session)
    expect(byRule['mapping-exists']).toMatchObject({
      status: 'unknown',
      gap: { permission: 'lambda:ListEventSourceMappings' },
    })
    for (const slug of slugs)
      expect(byRule[slug]).toMatchObject({
        status: 'skip',
        gap: null,
        message: expect.stringContaining('exists'),
      })
  })

  it('is unknown there to who asks for that alone', async () => {
    const { sandbox, session } = await wired()
    sandbox.faults.inject({ operation: 'ListEventSourceMappings', effect: refused })
    const { byRule } = await preflight(session, { only: slugs })
    for (const slug of slugs)
      expect(byRule[slug]).toMatchObject({
        status: 'unknown',
        gap: { permission: 'lambda:ListEventSourceMappings' },
      })
  })
})

describe('a mapping that is switched off', () => {
  it('is told of while messages wait, until it is switched on', async () => {
    const slug = 'mapping-disabled-with-backlog'
    const { sandbox, session, uuid } = await wired({ Enabled: false })
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
    const QueueUrl = urlOf(sandbox)
    await sandbox.seed([{ service: 'sqs', operation: 'SendMessage', input: { QueueUrl, MessageBody: 'a' } }])
    const { byRule } = await preflight(session)
    expect(byRule[slug]).toMatchObject({
      status: 'warn',
      message: `Mapping ${uuid} is Disabled, and about one message waits in queue orders.`,
    })
    // A user did that.
    expect(byRule['mapping-disabled-by-lambda']?.status).toBe('pass')
    const input = { UUID: uuid, Enabled: true }
    await sandbox.seed([{ service: 'lambda', operation: 'UpdateEventSourceMapping', input }])
    await sandbox.advance(1_000)
    await sandbox.settled()
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
  })

  it('by Lambda is told of with the reason as AWS gives it', async () => {
    const slug = 'mapping-disabled-by-lambda'
    const { sandbox, session, uuid } = await wired()
    const { mappings } = sandbox.world.eventSources
    const stored = mappings.get(uuid)
    const stateTransitionReason = 'Something that nobody has seen yet'
    if (stored) mappings.set(uuid, { ...stored, state: 'Disabled', stateTransitionReason })
    expect((await preflight(session)).byRule[slug]).toMatchObject({
      status: 'warn',
      message: `Mapping ${uuid} is Disabled, and not by a user: AWS gives the reason "${stateTransitionReason}".`,
    })
    const input = { UUID: uuid, Enabled: true }
    await sandbox.seed([{ service: 'lambda', operation: 'UpdateEventSourceMapping', input }])
    await sandbox.advance(1_000)
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
  })
})
