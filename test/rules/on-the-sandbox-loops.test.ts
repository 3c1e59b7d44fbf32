import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import type { Session } from '../../src/operations/session.js'
import {
  account,
  createOrders,
  preflight,
  region,
  sessionOf,
  startWorld,
} from '../preflight/preflight-world.js'
import { arnOf, called, configure, createQueue, grant, unwire, urlOf, wire } from './special-world.js'

const rule = 'function-writes-to-its-queue'

async function world(attributes: Readonly<Record<string, string>> = {}) {
  const sandbox = await startWorld()
  await createOrders(sandbox, attributes)
  return { sandbox, session: await sessionOf(sandbox) }
}

const variables = (Variables: Readonly<Record<string, string>>) => ({ Environment: { Variables } })

describe('a function that is given its own queue', () => {
  it('is told of as long as its role may send to it', async () => {
    const { sandbox, session } = await world()
    await configure(sandbox, variables({ QUEUE_URL: urlOf(sandbox), SECRET: 'swordfish' }))
    await grant(sandbox, ['sqs:SendMessage'])
    const found = await preflight(session)
    expect(found.failed).toEqual([])
    expect(found.byRule[rule]).toMatchObject({
      status: 'warn',
      certainty: 'simulated',
      message:
        'Queue orders calls function worker, which may send to it and is given it in its environment (QUEUE_URL).',
    })
    // Nothing that the preflight hands on holds a value of a variable.
    expect(JSON.stringify([found.events, found.result])).not.toContain('swordfish')
    await grant(sandbox, [])
    expect((await preflight(session)).byRule[rule]).toMatchObject({
      status: 'pass',
      message: expect.stringMatching(/but its role may not send to it\.$/),
    })
  })

  it.each<[string, boolean]>([
    ['orders', true],
    [arnOf('orders'), true],
    [`https://sqs.${region}.amazonaws.com/${account}/orders`, true],
    [`https://${region}.queue.amazonaws.com/${account}/orders`, true],
    [`https://queue.amazonaws.com/${account}/orders`, true],
    ['orders-2', false],
    ['my-orders', false],
    ['orders,invoices', false],
    ['', false],
    [arnOf('orders-2'), false],
    [arnOf('orders').replace(account, '444455556666'), false],
    [`https://sqs.eu-west-1.amazonaws.com/${account}/orders`, false],
    [`https://sqs.${region}.amazonaws.com/444455556666/orders`, false],
    [`https://example.org/orders`, false],
  ])('is meant by the whole value: %s', async (value, meant) => {
    const { sandbox, session } = await world()
    await configure(sandbox, variables({ TARGET: value }))
    await grant(sandbox, ['sqs:SendMessage'])
    expect((await preflight(session)).byRule[rule]?.status).toBe(meant ? 'warn' : 'pass')
  })

  it('cannot be judged where the role cannot, and only then matters', async () => {
    const { sandbox, session } = await world()
    const refused = { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 } as const
    sandbox.faults.inject({ service: 'iam', effect: refused })
    expect((await preflight(session)).byRule[rule]?.status).toBe('pass')
    await configure(sandbox, variables({ QUEUE: 'orders' }))
    expect((await preflight(session)).byRule[rule]).toMatchObject({
      status: 'unknown',
      gap: { permission: expect.stringMatching(/^iam:/) },
    })
  })

  it('cannot be judged where Lambda withholds the variables', async () => {
    const { session } = await world()
    withholdVariables(session)
    const { byRule } = await preflight(session)
    expect(byRule[rule]).toMatchObject({
      status: 'unknown',
      gap: {
        reason: 'Lambda did not show the function’s environment variables: no right to use the key',
        permission: 'kms:Decrypt',
      },
    })
    expect(byRule['recursion-detection-off']?.status).toBe('unknown')
  })

  it('as its dead-letter queue, needs no variable', async () => {
    const { sandbox, session } = await world()
    await grant(sandbox, ['sqs:SendMessage'])
    await configure(sandbox, { DeadLetterConfig: { TargetArn: arnOf('orders') } })
    const { byRule } = await preflight(session)
    expect(byRule[rule]).toMatchObject({
      status: 'warn',
      message: expect.stringMatching(/is its dead-letter queue, too/),
    })
    expect(byRule['function-dead-letter-queue-unused']?.status).toBe('warn')
    expect(byRule['recursion-detection-off']?.status).toBe('pass')
    await configure(sandbox, { DeadLetterConfig: { TargetArn: '' } })
    const mended = await preflight(session)
    expect(mended.byRule[rule]?.status).toBe('pass')
    expect(mended.byRule['function-dead-letter-queue-unused']?.status).toBe('pass')
  })
})

describe('loop detection', () => {
  const slug = 'recursion-detection-off'
  const setting = (RecursiveLoop: string) => ({
    service: 'lambda' as const,
    operation: 'PutFunctionRecursionConfig',
    input: { FunctionName: 'worker', RecursiveLoop },
  })

  it('is not asked for where nothing points at a loop', async () => {
    const { sandbox, session } = await world()
    await sandbox.seed([setting('Allow')])
    expect((await preflight(session)).byRule[slug]).toMatchObject({
      status: 'skip',
      message: 'Nothing points at a loop: the function is given no way back to the queue.',
    })
    expect(called(sandbox)).not.toContain('GetFunctionRecursionConfig')
  })

  it('is told of where it is off, until it is on', async () => {
    const { sandbox, session } = await world()
    await configure(sandbox, variables({ QUEUE: 'orders' }))
    await sandbox.seed([setting('Allow')])
    expect((await preflight(session)).byRule[slug]?.status).toBe('warn')
    await sandbox.seed([setting('Terminate')])
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
  })

  it('is unknown where it may not be read', async () => {
    const { sandbox, session } = await world()
    await configure(sandbox, variables({ QUEUE: 'orders' }))
    const refused = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const
    sandbox.faults.inject({ operation: 'GetFunctionRecursionConfig', effect: refused })
    expect((await preflight(session)).byRule[slug]).toMatchObject({
      status: 'unknown',
      gap: { permission: 'lambda:GetFunctionRecursionConfig' },
    })
  })
})

describe('a dead-letter queue', () => {
  const slug = 'dead-letter-queue-wired-to-same-function'
  const redrive = JSON.stringify({ deadLetterTargetArn: arnOf('orders-dead'), maxReceiveCount: '5' })

  async function withDeadLetterQueue() {
    const sandbox = await startWorld()
    await createQueue(sandbox, 'orders-dead', { MessageRetentionPeriod: '1209600' })
    await createOrders(sandbox, { RedrivePolicy: redrive })
    return { sandbox, session: await sessionOf(sandbox) }
  }

  it('that calls the same function is told of, until it does not', async () => {
    const { sandbox, session } = await withDeadLetterQueue()
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
    const uuid = await wire(sandbox, 'orders-dead')
    const { byRule } = await preflight(session)
    expect(byRule[slug]).toMatchObject({
      status: 'warn',
      message: `Dead-letter queue orders-dead of queue orders calls function worker, too (mapping ${uuid}, Enabled).`,
    })
    expect(byRule['recursion-detection-off']?.status).toBe('pass')
    await unwire(sandbox, uuid)
    expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
  })

  it('costs two calls, and none where there is none', async () => {
    const { sandbox, session } = await withDeadLetterQueue()
    await preflight(session)
    const lists = (names: readonly string[]) =>
      names.filter((name) => /^(ListEventSourceMappings|GetQueueAttributes)$/.test(name)).length
    expect(lists(called(sandbox))).toBe(4)
    const { sandbox: plain, session: other } = await world()
    expect((await preflight(other)).byRule[slug]).toMatchObject({
      status: 'skip',
      message: 'Queue orders has no dead-letter queue.',
    })
    expect(lists(called(plain))).toBe(2)
  })

  it('whose mappings may not be listed is unknown', async () => {
    const { sandbox, session } = await withDeadLetterQueue()
    const refused = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const
    sandbox.faults.inject({ operation: 'ListEventSourceMappings', effect: refused })
    expect((await preflight(session)).byRule[slug]).toMatchObject({
      status: 'unknown',
      gap: { permission: 'lambda:ListEventSourceMappings' },
    })
  })
})

/** As Lambda answers a caller who may not use the key that encrypts the variables. */
function withholdVariables({ clients }: Session): void {
  clients.lambda.middlewareStack.add(
    (next, context) => async (args) => {
      const given = await next(args)
      if (context.commandName !== 'GetFunctionConfigurationCommand') return given
      const configuration = given.output as FunctionConfiguration // as its name says
      configuration.Environment = {
        Error: { ErrorCode: 'AccessDeniedException', Message: 'no right to use the key.' },
      }
      return given
    },
    { step: 'initialize', name: 'withhold' },
  )
}
