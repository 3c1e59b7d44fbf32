import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { defaultSettings } from '../../src/sandbox/event-source/settings.js'
import type { MappingState } from '../../src/sandbox/event-source/state.js'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { executionRoleSeed, pollingPolicySeed, queueSeed, rolePolicySeed } from '../../src/sandbox/seeds.js'
import type { Sandbox } from '../../src/sandbox/start-sandbox.js'

export interface BigWorld {
  readonly mappings: number
  readonly functions: number
  readonly roles: number
  /** One for so many queues. */
  readonly queuesPerDeadLetterQueue?: number
  /** true: each fault of `seededFaults` stands somewhere. Default: nothing is wrong. */
  readonly faulty?: boolean
}

/** A fault that was put there on purpose: what an audit has to find, and nothing else. */
export interface SeededFault {
  readonly rule: string
  readonly queue: string
}

/** What is wrong with one mapping of its own. */
interface OwnFault {
  readonly rules: readonly string[]
  readonly attributes?: Readonly<Record<string, string>>
  readonly state?: MappingState
  readonly reason?: string
  readonly function?: string
  readonly noQueue?: true
  readonly noDeadLetterQueue?: true
  readonly maxReceiveCount?: number
  readonly deadLetterQueue?: string
  readonly message?: true
}

const ownFaults: readonly OwnFault[] = [
  { rules: ['mapping-without-queue'], noQueue: true },
  { rules: ['mapping-without-function'], function: 'gone' },
  { rules: ['mapping-disabled-with-backlog'], state: 'Disabled', message: true },
  { rules: ['mapping-disabled-by-lambda'], state: 'Disabled', reason: 'EVENT_SOURCE_AUTHZ_ERROR' },
  { rules: ['no-dead-letter-queue'], noDeadLetterQueue: true },
  { rules: ['max-receive-count-below-five'], maxReceiveCount: 1 },
  { rules: ['dead-letter-queue-missing'], deadLetterQueue: 'gone-dlq' },
  { rules: ['visibility-timeout-below-function-timeout'], attributes: { VisibilityTimeout: '2' } },
  { rules: ['visibility-timeout-leaves-no-retry-room'], attributes: { VisibilityTimeout: '10' } },
]

const nameOf = (kind: string, index: number) => `${kind}-${String(index).padStart(4, '0')}`

/**
 * Fills a sandbox with mappings, a queue each, spread over functions and roles, as years leave them behind. Mappings
 * are put there as they are: nothing polls.
 * @returns the faults in it
 */
export async function buildBigWorld(
  sandbox: Sandbox,
  { mappings, functions, roles, queuesPerDeadLetterQueue = 10, faulty = false }: BigWorld,
): Promise<readonly SeededFault[]> {
  const { world, region } = sandbox
  const { account, partition } = world
  const queueArn = (name: string) => `arn:${partition}:sqs:${region}:${account}:${name}`
  const faults: SeededFault[] = []
  /** The last role lacks a right, the last function may not run, and a few mappings have a fault of their own. */
  const poorRole = faulty ? roles - 1 : -1
  const stoppedFunction = faulty ? functions - 2 : -1
  const ownFault = (index: number) =>
    faulty && index % 3 === 2 ? ownFaults[Math.floor(index / 3)] : undefined

  for (let index = 0; index < roles; index++) {
    const role = nameOf('role', index)
    await sandbox.seed([
      executionRoleSeed(role),
      ...(index === poorRole
        ? [
            rolePolicySeed(role, 'polling', [
              {
                Effect: 'Allow',
                Action: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes', 'logs:*'],
                Resource: '*',
              },
            ]),
          ]
        : [pollingPolicySeed(role, partition)]),
    ])
  }
  const file = join(import.meta.dirname, '../../src/sandbox/demo-handler.mjs')
  for (let index = 0; index < functions; index++) {
    const roleArn = `arn:${partition}:iam::${account}:role/${nameOf('role', index % roles)}`
    addFunctionFromFile(world, { name: nameOf('worker', index), file, roleArn, region, timeoutSeconds: 5 })
  }
  if (stoppedFunction >= 0) {
    const FunctionName = nameOf('worker', stoppedFunction)
    const input = { FunctionName, ReservedConcurrentExecutions: 0 }
    await sandbox.seed([{ service: 'lambda', operation: 'PutFunctionConcurrency', input }])
  }
  for (let index = 0; index * queuesPerDeadLetterQueue < mappings; index++) {
    const attributes = { MessageRetentionPeriod: '1209600' }
    await sandbox.seed([queueSeed({ name: nameOf('dead', index), attributes })])
  }
  if (faulty) await sandbox.seed([queueSeed({ name: 'gone-dlq' })])
  for (let index = 0; index < mappings; index++) {
    const queue = nameOf('queue', index)
    const fault = ownFault(index)
    // One fault at a time: what has its own calls a function with nothing wrong.
    const called = fault === undefined ? index % functions : 0
    await addQueue(queue, index, fault)
    addMapping(queue, fault?.function ?? nameOf('worker', called), fault)
    faults.push(...[...(fault?.rules ?? []), ...faultsOf(called)].map((rule) => ({ rule, queue })))
  }
  if (faulty) {
    addMapping(nameOf('queue', 0), nameOf('worker', 1))
    const competing = 'queue-has-other-consumers'
    const rules = [competing, competing, ...faultsOf(1)]
    faults.push(...rules.map((rule) => ({ rule, queue: nameOf('queue', 0) })))
    const QueueUrl = `${sandbox.endpoint}/${account}/gone-dlq`
    await sandbox.seed([
      queueSeed({ name: 'nobody-reads-this' }),
      { service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl } },
    ])
    // SQS takes a minute for it.
    await sandbox.advance(61_000)
  }
  return faults

  function faultsOf(called: number): readonly string[] {
    return [
      ...(called % roles === poorRole ? ['role-lacks-delete-message'] : []),
      ...(called === stoppedFunction ? ['reserved-concurrency-zero'] : []),
    ]
  }

  async function addQueue(name: string, index: number, fault: OwnFault | undefined): Promise<void> {
    if (fault?.noQueue) return
    const dead = fault?.deadLetterQueue ?? nameOf('dead', Math.floor(index / queuesPerDeadLetterQueue))
    const redrive = { deadLetterTargetArn: queueArn(dead), maxReceiveCount: fault?.maxReceiveCount ?? 5 }
    const attributes = {
      VisibilityTimeout: '30',
      MaximumMessageSize: '262144',
      ...(fault?.noDeadLetterQueue ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
      ...fault?.attributes,
    }
    await sandbox.seed([queueSeed({ name, attributes })])
    if (!fault?.message) return
    const input = { QueueUrl: `${sandbox.endpoint}/${account}/${name}`, MessageBody: '{}' }
    await sandbox.seed([{ service: 'sqs', operation: 'SendMessage', input }])
  }

  function addMapping(queue: string, called: string, { state = 'Enabled', reason }: Partial<OwnFault> = {}) {
    const uuid = randomUUID()
    world.eventSources.mappings.set(uuid, {
      uuid,
      arn: `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${uuid}`,
      ...{ account, region, queueArn: queueArn(queue) },
      functionArn: `arn:${partition}:lambda:${region}:${account}:function:${called}`,
      settings: { ...defaultSettings, functionResponseTypes: ['ReportBatchItemFailures'] },
      state,
      ...(reason === undefined ? {} : { stateTransitionReason: reason }),
      lastModified: world.clock.now(),
      tags: {},
    })
  }
}
