import { listFunctionNames } from '../../aws/lambda-function.js'
import { type Caller, callerFacts, callerKeyFacts } from '../../permissions/caller-facts.js'
import type { RequestFacts } from '../../permissions/request.js'
import { absent as absentKey } from '../../permissions/request-fact.js'
import type { Voice } from '../access/caller-voice.js'
import { judgeForFunction } from '../access/function-form.js'
import { live } from '../access/live-answer.js'
import { queuePolicyOf } from '../access/role-on-queue.js'
import { absent, type Fact, readAsFact } from '../fact.js'
import type { CallerAction, Facts, Judgement } from '../facts.js'
import { type KeyReads, keyToJudge, resourceOf, withUnreadId } from './key-reads.js'
import { foreignFunction } from './placement.js'
import { judgeOnQueue } from './queue-tags.js'
import type { Reads } from './reads.js'

type CallerPermissions = Pick<Facts, `caller ${CallerAction}`>

const starActions = ['lambda:CreateEventSourceMapping', 'lambda:ListFunctions'] as const
const mappingActions = ['lambda:GetEventSourceMapping'] as const
const tagActions = ['lambda:TagResource'] as const
const sendActions = ['sqs:SendMessage'] as const
const keyActions = ['kms:GenerateDataKey', 'kms:Decrypt'] as const

/** What the caller may do. Reads that were made anyway answer by themselves; they beat every simulation. */
export async function gatherCallerPermissions(
  reads: Reads,
  keyReads: KeyReads,
  voice: Promise<Voice>,
): Promise<CallerPermissions> {
  const [onFunction, onQueue, onKey, queue] = await Promise.all([
    askAboutFunction(reads, voice),
    voice.then((found) => askAboutSending(found, reads)),
    voice.then((found) => askAboutKey(found, reads, keyReads)),
    reads.queueFact,
  ])
  return {
    ...onFunction,
    'caller sqs:GetQueueAttributes': withFunction(reads) ?? live(queue),
    'caller sqs:SendMessage': onQueue,
    'caller kms:GenerateDataKey': onKey['kms:GenerateDataKey'],
    'caller kms:Decrypt': onKey['kms:Decrypt'],
  }
}

/**
 * Why the queue is a matter for another caller: it is with the function in another account, where whoever may make the
 * mapping is at home. undefined: it is not.
 */
function withFunction({ queue, function: target, caller }: Reads): Fact<never> | undefined {
  const away = queue.account === target.account ? foreignFunction(target, caller) : undefined
  return away === undefined ? undefined : absent(away)
}

type OnFunction = Pick<Facts, `caller ${LambdaAction}`>
type LambdaAction = Extract<CallerAction, `lambda:${string}`>

/** A mapping has no policy that lets another account in: of a function elsewhere nothing is asked. */
async function askAboutFunction(reads: Reads, voice: Promise<Voice>): Promise<OnFunction> {
  const away = foreignFunction(reads.function, reads.caller)
  if (away !== undefined) return everyLambdaAction(absent(away))
  const [onStar, onMapping, onTags, lambdaFunction, mappings] = await Promise.all([
    voice.then((found) => askWithoutResource(found, reads)),
    voice.then((found) => askAboutMappings(found, reads)),
    voice.then((found) => askAboutTagging(found, reads)),
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
  }
}

const everyLambdaAction = (fact: Fact<never>): OnFunction => ({
  'caller lambda:CreateEventSourceMapping': fact,
  'caller lambda:ListEventSourceMappings': fact,
  'caller lambda:GetEventSourceMapping': fact,
  'caller lambda:TagResource': fact,
  'caller lambda:ListFunctions': fact,
  'caller lambda:GetFunctionConfiguration': fact,
})

/**
 * Only creating carries the function and the tags: a policy that makes all actions of Lambda depend on
 * lambda:FunctionArn does not allow ListFunctions.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
function askWithoutResource(voice: Voice, reads: Reads) {
  const creating = factsOf(reads, voice, { requestTags: reads.settings.tags })
  const facts = { ...factsOf(reads, voice), 'lambda:FunctionArn': absentKey }
  return judgeForFunction(voice.judge, reads.function, (functionArn) => ({
    actions: starActions,
    resource: '*',
    facts,
    factsOf: { 'lambda:CreateEventSourceMapping': { ...creating, 'lambda:FunctionArn': functionArn } },
  }))
}

function askAboutMappings(voice: Voice, reads: Reads) {
  const facts = factsOf(reads, voice)
  return judgeForFunction(voice.judge, reads.function, (functionArn) => ({
    actions: mappingActions,
    resource: mappingArn(reads),
    facts: { ...facts, 'lambda:FunctionArn': functionArn },
  }))
}

/**
 * Tags given at creation need a right of their own, which knows the tags but not the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html
 */
async function askAboutTagging(voice: Voice, reads: Reads): Promise<Fact<Judgement>> {
  const { tags = {} } = reads.settings
  if (Object.keys(tags).length === 0) return absent('no tag was asked for')
  const facts = {
    ...factsOf(reads, voice, { requestTags: tags }),
    'lambda:FunctionArn': absentKey,
  }
  const answers = await voice.judge({ actions: tagActions, resource: mappingArn(reads), facts })
  return answers['lambda:TagResource']
}

async function askAboutSending(voice: Voice, reads: Reads): Promise<Fact<Judgement>> {
  if (!reads.sendTest) return absent('no test message was asked for')
  const together = withFunction(reads)
  if (together !== undefined) return together
  const { queue, queueFact } = reads
  const answers = await judgeOnQueue(voice.judge, reads, (resourceTags) => ({
    actions: sendActions,
    resource: queue.arn,
    facts: factsOf(reads, voice, { resourceAccount: queue.account, resourceTags }),
    rest: queueFact.then(queuePolicyOf),
  }))
  const found = await queueFact
  return found.state === 'absent' ? found : answers['sqs:SendMessage']
}

/**
 * Whoever sends to a queue with a customer key uses the key through SQS.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
async function askAboutKey(
  { judge, principalArn }: Voice,
  reads: Reads,
  keyReads: KeyReads,
): Promise<Record<(typeof keyActions)[number], Fact<Judgement>>> {
  const same = (fact: Fact<never>) => ({ 'kms:GenerateDataKey': fact, 'kms:Decrypt': fact })
  if (!reads.sendTest) return same(absent('no test message was asked for'))
  const together = withFunction(reads)
  if (together !== undefined) return same(together)
  const key = keyToJudge(await reads.keyFact, reads.caller.account)
  if (key.state !== 'known') return same(key)
  const { caller, clients, now, queue } = reads
  const facts = callerKeyFacts({
    principalArn,
    account: caller.account,
    region: clients.region,
    now,
    resourceAccount: key.value.account,
    partition: queue.partition,
    queueArn: queue.arn,
  })
  const rest = keyReads.layers(key.value)
  const answers = await judge({ actions: keyActions, resource: resourceOf(key.value), facts, rest })
  return {
    'kms:GenerateDataKey': withUnreadId(key.value, answers['kms:GenerateDataKey']),
    'kms:Decrypt': withUnreadId(key.value, answers['kms:Decrypt']),
  }
}

/** Listing one page tells for certain what simulator and documents could not. */
async function settleListFunctions(judged: Fact<Judgement>, { clients }: Reads): Promise<Fact<Judgement>> {
  if (judged.state !== 'unknown') return judged
  return live(await readAsFact(listFunctionNames(clients, 1)))
}

/** In policies a session goes by its role's ARN, path included. */
function factsOf(
  { caller, clients, now }: Reads,
  { principalArn, weighsFacts }: Voice,
  more: Partial<Caller> = {},
): RequestFacts {
  if (weighsFacts === false) return {}
  return callerFacts({ principalArn, account: caller.account, region: clients.region, now, ...more })
}

/** UUIDs are not known before creation: policies say a star here. */
function mappingArn({ function: { partition, region, account } }: Reads): string {
  return `arn:${partition}:lambda:${region}:${account}:event-source-mapping:*`
}
