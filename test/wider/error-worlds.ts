import type { SeedStep } from '../../src/sandbox/seed.js'
import { account } from '../preflight/preflight-world.js'
import { arnOfQueue, type Scenario, type Statement } from '../preflight/scenario.js'
import { policyOf } from '../preflight/scenario-parts.js'
import type { TestSandbox } from '../support/sandbox.js'

/** A world in which one rule of severity error objects, as whoever runs the command sees it. */
export interface ErrorWorld {
  /** Slug of the rule that objects. */
  readonly rule: string
  /** Set where a rule has several worlds. */
  readonly when?: string
  readonly scenario: Scenario
  /** Words after the command. Default: orders worker. */
  readonly args?: readonly string[]
  /** Words that `wire` takes and `preflight` does not. Then only `wire` is run. */
  readonly wireArgs?: readonly string[]
  /** Access key id, where it is not that of the scenario's caller. Twelve digits: the root of that account. */
  readonly as?: string
  /** What the finding says. */
  readonly message: string | RegExp
  /** Exit code of `preflight`. Default 3. */
  readonly code?: number
  /** Exit code of `wire`. Default: that of `preflight`. */
  readonly wireCode?: number
  /** What makes it right, in the same sandbox or by asking for something else. */
  readonly mended?: {
    readonly by?: (sandbox: TestSandbox) => Promise<unknown>
    readonly args?: readonly string[]
    /** As above: then `wire --dry-run` is asked. */
    readonly wireArgs?: readonly string[]
    /** A world that was right from the start, where this one cannot be mended. */
    readonly scenario?: Scenario
    /** What the rule says then. Default pass. */
    readonly status?: 'pass' | 'skip'
  }
}

export const step = (
  service: SeedStep['service'],
  operation: string,
  input: SeedStep['input'],
  more: Partial<SeedStep> = {},
): SeedStep => ({ service, operation, input, ...more })

/** Done in the sandbox past all policies. */
export const seeding =
  (...steps: readonly SeedStep[]) =>
  async (sandbox: TestSandbox): Promise<void> => {
    await sandbox.seed(steps)
    await sandbox.advance(1_000)
  }

/** Gives a role or user exactly these statements in the policy that scenarios write. */
export const grants = (kind: 'Role' | 'User', name: string, ...statements: readonly Statement[]) =>
  seeding(
    step('iam', `Put${kind}Policy`, {
      [`${kind}Name`]: name,
      PolicyName: 'inline',
      PolicyDocument: policyOf(statements),
    }),
  )

export const attributes =
  (values: Readonly<Record<string, string>>, queue = 'orders', owner = account) =>
  (sandbox: TestSandbox) => {
    const QueueUrl = `${sandbox.endpoint}/${owner}/${queue}`
    const input = { QueueUrl, Attributes: values }
    return seeding(step('sqs', 'SetQueueAttributes', input, { account: owner }))(sandbox)
  }

export const newQueue = (name: string, values: SeedStep['input'] = {}, more: Partial<SeedStep> = {}) =>
  step('sqs', 'CreateQueue', { QueueName: name, Attributes: values }, more)

/** A redrive policy as it stays when the dead-letter queue changes afterwards: SQS does not take one like it anew. */
export function leaveRedrive({ world }: TestSandbox, deadLetterTargetArn: string): void {
  const queue = world.sqs.queues.get(arnOfQueue())
  if (queue === undefined) throw new Error('the queue was made')
  const policy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 })
  queue.settings = new Map([...queue.settings, ['RedrivePolicy', policy]])
}

/** Creates a mapping of orders to the function and waits until it is Enabled. */
export const wired = (settings: SeedStep['input'] = {}) =>
  seeding(
    step('lambda', 'CreateEventSourceMapping', {
      EventSourceArn: arnOfQueue(),
      FunctionName: 'worker',
      ...settings,
    }),
  )

/** One after the other. */
export const inTurn =
  (...deeds: readonly ((sandbox: TestSandbox) => Promise<unknown>)[]) =>
  async (sandbox: TestSandbox): Promise<void> => {
    for (const deed of deeds) await deed(sandbox)
  }
