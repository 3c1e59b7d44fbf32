import { randomUUID } from 'node:crypto'
import { type FunctionAddress, type QueueAddress, readFunctionReference, readQueueReference } from '../arn.js'
import { type CallerIdentity, readCaller } from '../aws/caller-identity.js'
import { resolveFunction, resolveQueue } from '../aws/resolve-target.js'
import { SqsTriggerError } from '../errors.js'
import type { MappingSettings } from '../mapping.js'
import { testMessageBody } from '../message-body.js'
import { placeOf } from '../operations/call-context.js'
import type { CallContext, Operation, Target } from '../operations/events.js'
import type { Sample } from '../operations/requests.js'
import type { SampleVerdict } from '../operations/results.js'
import type { Session } from '../operations/session.js'
import { untilAborted } from '../operations/until-aborted.js'
import { shown } from '../shown.js'
import { beginEarly } from './begin-reads.js'
import { findVoice, type Voice } from './caller-voice.js'
import type { Facts } from './facts.js'
import type { Finding } from './finding.js'
import { gatherFacts } from './gather-facts.js'
import { isGone } from './key-reads.js'
import type { GatherRequest } from './reads.js'
import type { RuleContext } from './rule.js'
import type { Strictness } from './strictness.js'

export interface PreflightRequest {
  /** Name, URL or ARN. */
  readonly queue: string
  /** Name, `name:alias`, partial or full ARN. */
  readonly function: string
  readonly settings: MappingSettings
  /** true: what a test message needs is judged as well. */
  readonly sendTest: boolean
  /** Slugs of rules whose objections are not to count. */
  readonly ignore: readonly string[]
  /** Slugs of the only rules to judge; empty: all. */
  readonly only: readonly string[]
  /** `all`: what rests on guardrails that cannot be read is unknown. Default: it passes, with its assumptions. */
  readonly strict?: Strictness
  /** Example messages to be judged by the filters. Default: none. */
  readonly samples?: readonly Sample[]
  /** Body of the test message. Default: the one with a fresh id. */
  readonly testBody?: string
  /** Name that a dead-letter queue is to have where there is none. Default: made after the queue's. */
  readonly deadLetterName?: string
}

export interface PreflightResult {
  readonly context: CallContext
  readonly target: Target
  readonly findings: readonly Finding[]
  readonly facts: Facts
  /** Set when examples were given. */
  readonly samples?: readonly SampleVerdict[]
}

/**
 * Reads and judges; changes nothing. A queue or function that does not exist is a finding, not an error.
 * @throws SqsTriggerError USAGE for a malformed reference or an unknown rule to ignore (no call is made then), and
 *   when nobody is signed in or the endpoint does not answer
 */
export async function* runPreflight(request: PreflightRequest, session: Session): Operation<PreflightResult> {
  const { clients, signal } = session
  await checkReferences(request)
  const callsBefore = clients.callsSent?.() ?? 0
  const begun = beginEarly(clients, request)
  // Hundreds of kilobytes of rules, and nothing to do until AWS has answered.
  const judging = import('./judge-rules.js')
  const caller = await untilAborted(readCaller(clients), signal)
  const voice = findVoice(clients, caller)
  const queue = await resolveQueue(clients, request.queue, caller)
  const lambdaFunction = resolveFunction(clients, request.function, caller)
  const { settings, sendTest } = request
  const about: GatherRequest = {
    caller,
    queue,
    function: lambdaFunction,
    settings,
    sendTest,
    testBody: sendTest ? (request.testBody ?? testMessageBody(randomUUID())) : undefined,
    judgesSamples: request.samples !== undefined,
    now: new Date(session.clock.now()),
    begun,
  }
  const gathering = gatherFacts(clients, about, voice)
  // It goes on while IAM says which role the caller is, and is waited for below.
  gathering.catch(() => undefined)
  const context = contextOf(caller, await untilAborted(voice, signal), session)
  yield { type: 'caller-identified', context }
  yield {
    type: 'target-resolved',
    target: { queueArn: queue.arn, functionArn: lambdaFunction.arn, roleArn: null },
  }
  yield {
    type: 'step-started',
    what: `Reading queue ${queue.name}, function ${lambdaFunction.name} and their permissions`,
  }
  const facts = await untilAborted(gathering, signal)

  const roleArn = facts.lambdaFunction.state === 'known' ? facts.lambdaFunction.value.roleArn : null
  const target: Target = { queueArn: queue.arn, functionArn: lambdaFunction.arn, roleArn }
  yield { type: 'facts-gathered', target, calls: (clients.callsSent?.() ?? 0) - callsBefore }
  const ruleContext = ruleContextOf(context, { queue, lambdaFunction, roleArn, facts, request })
  const { judgeRules, judgeSamples } = await judging
  const findings: Finding[] = []
  for (const finding of judgeRules(request, facts, ruleContext)) {
    findings.push(finding)
    yield { type: 'rule-judged', finding }
  }
  const { samples } = request
  const judged = samples && { samples: judgeSamples(samples, facts.activeFilters) }
  return { context, target, findings, facts, ...judged }
}

async function checkReferences(request: PreflightRequest): Promise<void> {
  readQueueReference(request.queue)
  readFunctionReference(request.function)
  const named = [...request.ignore, ...request.only]
  if (named.length === 0) return
  const { rules } = await import('./rules/index.js')
  const unknown = named.find((slug) => !rules.some((rule) => rule.slug === slug))
  if (unknown !== undefined) {
    throw new SqsTriggerError('USAGE', `There is no rule ${shown(unknown)}.`, {
      hint: `Rules are named like ${rules[0]?.slug}; every finding shows its own.`,
    })
  }
}

function contextOf(caller: CallerIdentity, { principal, note }: Voice, { clients }: Session): CallContext {
  const { account, partition, arn } = caller
  return { account, partition, ...placeOf(clients), caller: arn, principal, principalNote: note }
}

/** Names and settings of one run, or of one mapping of many. */
export function ruleContextOf(
  context: CallContext,
  about: {
    readonly queue: QueueAddress
    readonly lambdaFunction: FunctionAddress
    readonly roleArn: string | null
    readonly facts: Facts
    readonly request: Pick<PreflightRequest, 'sendTest' | 'deadLetterName'>
  },
): RuleContext {
  const { queue, lambdaFunction, roleArn, facts, request } = about
  const { sendTest, deadLetterName } = request
  const key =
    facts.key.state === 'known' && facts.key.value.manager === 'CUSTOMER' ? facts.key.value.arn : null
  return {
    region: context.region,
    profile: context.profile,
    endpoint: context.endpoint,
    account: context.account,
    callerArn: context.caller,
    queueName: queue.name,
    queueArn: queue.arn,
    functionName:
      lambdaFunction.qualifier === undefined
        ? lambdaFunction.name
        : `${lambdaFunction.name}:${lambdaFunction.qualifier}`,
    functionArn: lambdaFunction.arn,
    roleArn,
    customerKeyArn: key,
    keyIsGone: facts.key.state === 'known' && isGone(facts.key.value),
    sendTest,
    ...(deadLetterName === undefined ? {} : { deadLetterName }),
  }
}
