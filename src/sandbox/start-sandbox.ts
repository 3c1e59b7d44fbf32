import { randomBytes } from 'node:crypto'
import { actions } from './actions.js'
import { type Activity, createActivity } from './activity.js'
import { createCallLog, type RecordedCall } from './call-log.js'
import { createClock } from './clock.js'
import { createMadeStacks, createStackState } from './cloudformation/state.js'
import { createMetricsState } from './cloudwatch/state.js'
import { answerControl, type Control, controlPrefix } from './control.js'
import { seedPrincipals, wellKnownAccessKeys, wellKnownSecret } from './default-principals.js'
import { dispatch } from './dispatch.js'
import { createEventSourceState, stopAll as stopMappings } from './event-source/state.js'
import { createFaults, type Faults } from './faults.js'
import { type Handler, listen } from './http-server.js'
import { createIamState } from './iam/state.js'
import { createKmsState } from './kms/state.js'
import {
  createLambdaState,
  idle as functionsIdle,
  runningInvocations,
  stopAll as stopFunctions,
} from './lambda/state.js'
import { createLogsState } from './logs/state.js'
import { type SeedStep, seed } from './seed.js'
import { createSqsState, stopAll as stopQueues } from './sqs/state.js'
import { type Delays, type HandlerGrace, quickDelays, type World } from './world.js'

export interface SandboxOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** false: the clock stands still until `advance` moves it. Default true. */
  readonly running?: boolean
  /** Where a clock that stands still begins, in epoch milliseconds. Default: now. */
  readonly startAt?: number
  /** Default: `quickDelays`. */
  readonly delays?: Delays
  /** Milliseconds of the machine's time before a timeout can hit a handler. Default 3000 to load, 1000 to answer. */
  readonly handlerGrace?: HandlerGrace
  /** Account of the default caller, 12 digits. */
  readonly account?: string
  readonly partition?: World['partition']
  /** Region that `Sandbox.region` names to clients, and of what is seeded; requests of every Region are served. */
  readonly region?: string
  /** Form of the policy simulator's answers: since 2026-07-30, or before. Default new. */
  readonly simulatorShape?: 'new' | 'old'
  /** How long services go by the former policies of a role after a change, in milliseconds. Default 0. */
  readonly iamLagMs?: number
  /** What goes wrong, and when. Default: nothing until it is injected. */
  readonly faults?: Faults
  /** How long a queue goes on telling the message counters that it told before, in milliseconds. Default 0. */
  readonly countersLagMs?: number
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface Sandbox {
  /** http://127.0.0.1:<port> */
  readonly endpoint: string
  readonly port: number
  readonly region: string
  /** Opens /_sandbox/. */
  readonly controlKey: string
  readonly world: World
  readonly faults: Faults
  /** The default caller: an IAM user with exactly the rights that the README lists. */
  readonly credentials: Credentials
  /** May do everything in its account. */
  readonly adminCredentials: Credentials
  /** What was called, oldest first. */
  calls(): readonly RecordedCall[]
  /** Runs actions as the account's root, past all policies. Returns their outputs. */
  seed(steps: readonly SeedStep[]): Promise<readonly unknown[]>
  /** Moves the sandbox's time on by so many milliseconds, running what falls due; does not wait for handlers. */
  advance(ms: number): Promise<void>
  /**
   * Resolves when no request, invocation or delivery is under way and nothing could be delivered now. What waits
   * for the clock alone (a long poll, a visibility timeout) does not count; a handler that hangs does.
   */
  settled(): Promise<void>
  /** Ends the server, its timers and the handler processes. */
  stop(): Promise<void>
}

/** Starts an AWS of its own on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { running = true, startAt, partition = 'aws', region = 'us-east-1', simulatorShape = 'new' } = options
  const activity = createActivity()
  const clock = createClock({ running, ...(startAt === undefined ? {} : { start: startAt }) })
  const parts = {
    partition,
    account: options.account ?? '111122223333',
    clock,
    activity,
    delays: options.delays ?? quickDelays,
    handlerGrace: options.handlerGrace ?? { init: 3000, invocation: 1000 },
    iam: createIamState({ partition, simulatorShape, lagMs: options.iamLagMs ?? 0 }),
    kms: createKmsState(),
    lambda: createLambdaState(),
    logs: createLogsState(),
    metrics: createMetricsState(),
    sqs: createSqsState(options.countersLagMs),
    eventSources: createEventSourceState(),
    stacks: createStackState(),
    madeStacks: createMadeStacks(),
  }

  // The endpoint stands in the world, and is known only once the server listens.
  let handle: Handler = () => Promise.reject(new Error('The sandbox is starting.'))
  const server = await listen(options.port ?? 0, activity, (...request) => handle(...request))
  const world: World = { ...parts, endpoint: `http://127.0.0.1:${server.port}` }
  seedPrincipals(world)

  const control: Control = {
    world,
    actions,
    faults: options.faults ?? createFaults(),
    calls: createCallLog(),
    region,
    key: randomBytes(24).toString('hex'),
    advance: (ms) => clock.advance(ms),
    settled: () => settle(activity, world),
  }
  handle = async (request, requestId, connection) => {
    if (!request.path.startsWith(controlPrefix)) return dispatch(control, request, requestId, connection)
    // `settled` must not wait for the request that asks for it.
    const goOn = connection.park()
    const reply = await answerControl(control, request)
    goOn()
    return reply
  }

  return {
    endpoint: world.endpoint,
    port: server.port,
    region,
    controlKey: control.key,
    world,
    faults: control.faults,
    credentials: credentialsOf('developer'),
    adminCredentials: credentialsOf('administrator'),
    calls: () => control.calls.list(),
    seed: (steps) => seed(control, steps),
    advance: control.advance,
    settled: control.settled,
    stop: async () => {
      stopMappings(world.eventSources)
      stopQueues(world.sqs)
      await stopFunctions(world.lambda)
      await server.stop()
    },
  }
}

/** An invocation may start a delivery, and a delivery an invocation: over only when both are. */
async function settle(activity: Activity, world: World): Promise<void> {
  do {
    await functionsIdle(world.lambda)
    await activity.idle()
  } while (runningInvocations(world.lambda) > 0)
}

function credentialsOf(user: keyof typeof wellKnownAccessKeys): Credentials {
  return { accessKeyId: wellKnownAccessKeys[user], secretAccessKey: wellKnownSecret }
}
