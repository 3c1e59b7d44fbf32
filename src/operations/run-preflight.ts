import { randomUUID } from 'node:crypto'
import { readFunctionReference, readQueueReference } from '../arn.js'
import { readCaller } from '../aws/caller-identity.js'
import { resolveFunction, resolveQueue } from '../aws/resolve-target.js'
import { SqsTriggerError } from '../errors.js'
import type { MappingSettings } from '../mapping.js'
import { testMessageBody } from '../message-body.js'
import { findVoice } from '../preflight/access/caller-voice.js'
import type { Facts } from '../preflight/facts.js'
import type { Finding } from '../preflight/finding.js'
import { beginEarly } from '../preflight/gather/begin-reads.js'
import type { GatherRequest } from '../preflight/gather/reads.js'
import { gatherFacts } from '../preflight/gather-facts.js'
import { ruleContextOf } from '../preflight/rule-context.js'
import type { Sample, SampleVerdict } from '../preflight/samples.js'
import type { Strictness } from '../preflight/strictness.js'
import { shown } from '../shown.js'
import { untilAborted } from '../until-aborted.js'
import { contextOf } from './call-context.js'
import type { CallContext, Operation, Target } from './events.js'
import type { Session } from './session.js'

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
  const judging = import('../preflight/judge-rules.js')
  const caller = await untilAborted(readCaller(clients), signal)
  const voice = findVoice(clients, caller)
  // Where the queue cannot be found either, that is what is told.
  voice.catch(() => undefined)
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
  const { principal, note } = await untilAborted(voice, signal)
  const context: CallContext = { ...contextOf(clients, caller), principal, principalNote: note }
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
  const { rules } = await import('../preflight/rules/index.js')
  const unknown = named.find((slug) => !rules.some((rule) => rule.slug === slug))
  if (unknown !== undefined) {
    throw new SqsTriggerError('USAGE', `There is no rule ${shown(unknown)}.`, {
      hint: `Rules are named like ${rules[0]?.slug}; every finding shows its own.`,
    })
  }
}
