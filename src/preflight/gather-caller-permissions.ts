import type { CallerIdentity } from '../aws/caller-identity.js'
import type { Denial } from '../aws/denial.js'
import { readRole } from '../aws/execution-role.js'
import { listFunctionNames } from '../aws/lambda-function.js'
import { readUserBoundary } from '../aws/principal-policies.js'
import { type Caller, callerFacts } from '../permissions/caller-facts.js'
import type { Decision, PolicyLayer } from '../permissions/decision.js'
import { evaluate } from '../permissions/evaluate.js'
import type { RequestFacts } from '../permissions/request.js'
import { absent as absentKey } from '../permissions/request-fact.js'
import { type PolicyHolder, principalOf } from './access-question.js'
import { absent, type Fact, known, readAsFact, unknown } from './fact.js'
import type { CallerAction, Facts, Judgement } from './facts.js'
import { queuePolicyOf } from './gather-role-permissions.js'
import { type AccessJudge, type Answers, judgeAccessOf } from './judge-access.js'
import type { Reads } from './reads.js'

type CallerPermissions = Pick<Facts, `caller ${CallerAction}`>

const starActions = ['lambda:CreateEventSourceMapping', 'lambda:ListFunctions'] as const
const mappingActions = ['lambda:GetEventSourceMapping'] as const
const tagActions = ['lambda:TagResource'] as const
const sendActions = ['sqs:SendMessage'] as const

/** What the caller may do. Reads that were made anyway answer by themselves; they beat every simulation. */
export async function gatherCallerPermissions(reads: Reads): Promise<CallerPermissions> {
  const voice = findVoice(reads)
  const [onStar, onMapping, onTags, onQueue, queue, lambdaFunction, mappings] = await Promise.all([
    voice.then((found) => askWithoutResource(found, reads)),
    voice.then((found) => askAboutMappings(found, reads)),
    voice.then((found) => askAboutTagging(found, reads)),
    voice.then((found) => askAboutSending(found, reads)),
    reads.queueFact,
    reads.functionFact,
    reads.mappingsFact,
  ])
  return {
    'caller lambda:CreateEventSourceMapping': onStar['lambda:CreateEventSourceMapping'],
    'caller lambda:ListEventSourceMappings': live(mappings),
    'caller lambda:GetEventSourceMapping': onMapping['lambda:GetEventSourceMapping'],
    'caller lambda:TagResource': onTags,
    'caller lambda:ListFunctions': await settleListFunctions(onStar['lambda:ListFunctions'], reads),
    'caller lambda:GetFunctionConfiguration': live(lambdaFunction),
    'caller sqs:GetQueueAttributes': live(queue),
    'caller sqs:SendMessage': onQueue,
  }
}

/** Who speaks for the caller: how to judge, and by which name policies know them. */
interface Voice {
  readonly judge: AccessJudge
  readonly principalArn: string
}

/**
 * Only creating carries the function and the tags: a policy that makes all actions of Lambda depend on
 * lambda:FunctionArn does not allow ListFunctions.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
function askWithoutResource({ judge, principalArn }: Voice, reads: Reads) {
  const creating = factsOf(reads, principalArn, {
    functionArn: reads.function.arn,
    requestTags: reads.settings.tags,
  })
  const facts = { ...factsOf(reads, principalArn), 'lambda:FunctionArn': absentKey }
  return judge({
    actions: starActions,
    resource: '*',
    facts,
    factsOf: { 'lambda:CreateEventSourceMapping': creating },
  })
}

function askAboutMappings({ judge, principalArn }: Voice, reads: Reads) {
  const facts = factsOf(reads, principalArn, { functionArn: reads.function.arn })
  return judge({ actions: mappingActions, resource: mappingArn(reads), facts })
}

/**
 * Tags given at creation need a right of their own, which knows the tags but not the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html
 */
async function askAboutTagging({ judge, principalArn }: Voice, reads: Reads): Promise<Fact<Judgement>> {
  const { tags = {} } = reads.settings
  if (Object.keys(tags).length === 0) return absent('no tag was asked for')
  const facts = {
    ...factsOf(reads, principalArn, { requestTags: tags }),
    'lambda:FunctionArn': absentKey,
  }
  const answers = await judge({ actions: tagActions, resource: mappingArn(reads), facts })
  return answers['lambda:TagResource']
}

async function askAboutSending({ judge, principalArn }: Voice, reads: Reads): Promise<Fact<Judgement>> {
  if (!reads.sendTest) return absent('no test message was asked for')
  const { queue } = reads
  const facts = factsOf(reads, principalArn, { resourceAccount: queue.account })
  const rest = reads.queueFact.then(queuePolicyOf)
  const answers = await judge({ actions: sendActions, resource: queue.arn, facts, rest })
  return answers['sqs:SendMessage']
}

/** Listing one page tells for certain what simulator and documents could not. */
async function settleListFunctions(judged: Fact<Judgement>, { clients }: Reads): Promise<Fact<Judgement>> {
  if (judged.state !== 'unknown') return judged
  return live(await readAsFact(listFunctionNames(clients, 1)))
}

/** A read that was answered proves the permission, a refused one its lack; anything else proves nothing. */
function live(read: Fact<unknown>): Fact<Judgement> {
  if (read.state === 'known') return known({ decision: answered, certainty: 'live', assumptions: [] })
  if (read.state === 'absent' || read.refusal === undefined) return read
  return known({ decision: refused(read.refusal), certainty: 'live', assumptions: [] })
}

const answered: Decision = {
  verdict: 'allowed',
  reason: 'AWS just answered this call',
  evidence: [{ layer: 'live' }],
  missing: [],
}

function refused(refusal: Denial | 'without-reason'): Decision {
  if (refusal === 'without-reason' || refusal.layer === undefined) {
    return {
      verdict: 'denied',
      reason: 'AWS just refused this call',
      evidence: [{ layer: 'live' }],
      missing: [],
    }
  }
  const { kind, layer, policyArn } = refusal
  const reason =
    kind === 'explicit'
      ? `AWS just refused it: explicit Deny (${layer})`
      : `AWS just refused it: no ${layer} policy allows it`
  const effect = kind === 'explicit' ? { effect: 'Deny' as const } : {}
  const policy = policyArn === undefined ? {} : { policy: policyArn }
  // AWS names the layer that decided: who can mend it follows from that.
  const decided = layers.find(([pattern]) => pattern.test(layer))?.[1]
  const by = decided === undefined ? [] : [{ layer: decided, ...policy, ...effect }]
  const live = { layer: 'live' as const, ...(by.length === 0 ? { ...policy, ...effect } : {}) }
  return { verdict: 'denied', reason, evidence: [live, ...by], missing: [] }
}

/** The words of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const layers: readonly (readonly [words: RegExp, layer: PolicyLayer])[] = [
  [/identity-based/, 'identity'],
  [/permissions boundary/, 'boundary'],
  [/session/, 'session'],
  [/service control/, 'scp'],
  [/resource control/, 'rcp'],
  [/resource-based/, 'resource'],
]

async function findVoice(reads: Reads): Promise<Voice> {
  const { clients, caller } = reads
  const speakAs = (judge: AccessJudge, principalArn: string): Voice => ({ judge, principalArn })
  if (caller.kind === 'root') return speakAs(judgeRoot(caller), caller.arn)
  const { name = '' } = caller
  const role = caller.kind === 'assumed-role' ? await readAsFact(readRole(clients, name)) : undefined
  const principal = principalOf(caller, role?.state === 'known' ? role.value.arn : undefined)
  if (principal === undefined) {
    const hidden = unknown(`the policies that limit ${caller.arn} cannot be read from here`)
    return speakAs(sameForAll(role?.state === 'unknown' ? role : hidden), caller.arn)
  }
  const holder: PolicyHolder =
    role?.state === 'known'
      ? {
          kind: 'role',
          arn: role.value.arn,
          name,
          principal,
          boundary: async () => known(role.value.boundaryArn),
        }
      : {
          kind: 'user',
          arn: caller.arn,
          name,
          principal,
          boundary: () => readAsFact(readUserBoundary(clients, name)),
        }
  return speakAs(existing(judgeAccessOf(clients, holder)), holder.arn)
}

/** Whoever calls exists. If IAM does not know them, as on simpler endpoints, nothing is known of their rights. */
function existing(judge: AccessJudge): AccessJudge {
  return async (question) => {
    const answers = await judge(question)
    const judged = question.actions.map((action) => {
      const fact = answers[action]
      return [
        action,
        fact.state === 'absent' ? unknown(`IAM does not know the caller: ${fact.reason}`) : fact,
      ] as const
    })
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

/** Nothing limits the root user but guardrails and a Deny in the resource's own policy; it is never simulated. */
function judgeRoot(caller: CallerIdentity): AccessJudge {
  return async (question) => {
    const rest = (await question.rest) ?? {}
    const judged = question.actions.map((action) => {
      const request = {
        principal: { kind: 'root' as const, arn: caller.arn, account: caller.account },
        action,
        resource: question.resource,
        facts: { ...question.facts, ...rest.facts },
      }
      const decision = evaluate(request, { identity: [], ...rest })
      const fact: Fact<Judgement> =
        decision.verdict === 'unknown'
          ? unknown(decision.reason)
          : known({ decision, certainty: 'evaluated', assumptions: [] })
      return [action, fact] as const
    })
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

function sameForAll(fact: Fact<never>): AccessJudge {
  return async (question) => {
    // Nobody waits for it here: what goes wrong with it is told elsewhere.
    question.rest?.catch(() => undefined)
    // One entry was made for each action of the question.
    return Object.fromEntries(question.actions.map((action) => [action, fact])) as Answers<
      (typeof question.actions)[number]
    >
  }
}

/** In policies a session goes by its role's ARN, path included. */
function factsOf(
  { caller, clients, now }: Reads,
  principalArn: string,
  more: Partial<Caller> = {},
): RequestFacts {
  return callerFacts({ principalArn, account: caller.account, region: clients.region, now, ...more })
}

/** UUIDs are not known before creation: policies say a star here. */
function mappingArn({ function: { partition, region, account } }: Reads): string {
  return `arn:${partition}:lambda:${region}:${account}:event-source-mapping:*`
}
