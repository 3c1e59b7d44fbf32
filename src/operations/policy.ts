import {
  type FunctionAddress,
  type QueueAddress,
  readFunctionReference,
  readQueueReference,
  roleNameOf,
} from '../arn.js'
import type { Clients } from '../aws/clients.js'
import { readRole } from '../aws/execution-role.js'
import { readKey } from '../aws/key.js'
import { type LambdaFunction, readFunction } from '../aws/lambda-function.js'
import { type Queue, readQueue } from '../aws/queue.js'
import { resolveFunction, resolveQueue } from '../aws/resolve-target.js'
import { reworded, SqsTriggerError } from '../errors.js'
import { partitionOf } from '../partition.js'
import { untilAborted } from '../until-aborted.js'
import { readContext } from './call-context.js'
import type { CallContext, Operation } from './events.js'
import { policyDocuments } from './policy/documents.js'
import type { PolicyRequest, PolicyResult, PolicyTarget } from './policy/request.js'
import { policyWarnings } from './policy/warnings.js'
import type { Session } from './session.js'

/**
 * Writes the least-privilege policies for a queue and a function; changes nothing. Whatever was given is not asked for:
 * with full ARNs, the role and the key AWS is not asked at all, and no session is opened.
 * @throws SqsTriggerError USAGE for a malformed reference; as AWS answered, where what it withheld was not given: the
 *   hint names the flag.
 */
export async function* generatePolicies(
  request: PolicyRequest,
  open: () => Promise<Session>,
): Operation<PolicyResult> {
  const offline = givenTarget(request)
  let context: CallContext | null = null
  let target = offline
  if (target === undefined) {
    const session = await open()
    context = await readContext(session)
    yield { type: 'caller-identified', context }
    target = await untilAborted(readTarget(request, context, session), session.signal)
  }
  const { queue, function: called, roleArn, keyArn } = target
  yield {
    type: 'target-resolved',
    target: { queueArn: queue.arn, functionArn: called.arn, roleArn },
  }
  if (request.for === 'key' && keyArn === null) {
    const hint = 'Where it is one of another account that cannot be seen, give --key-arn <arn>.'
    throw new SqsTriggerError('USAGE', `No customer managed key encrypts ${queue.name}.`, { hint })
  }
  if (request.with.includes('redrive') && target.deadLetterQueueArn === null) {
    const hint = 'Where the queue cannot be read, give --dead-letter-queue <arn>.'
    throw new SqsTriggerError('USAGE', `No dead-letter queue of ${queue.name} is known.`, { hint })
  }
  const documents = policyDocuments(target, request)
  for (const message of policyWarnings(documents, target, { asked: context !== null, choices: request }))
    yield { type: 'warning', message }
  return { context, documents }
}

/** Everything that was given; undefined: AWS has to be asked. */
function givenTarget(request: PolicyRequest): PolicyTarget | undefined {
  const [queue, called] = [readQueueReference(request.queue), readFunctionReference(request.function)]
  const { roleArn, keyArn, callerArn, deadLetterQueueArn, boundaryArn } = request
  if (queue.kind !== 'arn' || called.kind !== 'arn' || roleArn === undefined || keyArn === undefined)
    return undefined
  return {
    ...placed(queue.address, called.address),
    logGroup: `/aws/lambda/${called.address.name}`,
    roleArn,
    boundaryArn: boundaryArn ?? null,
    keyArn,
    caller: callerArn === undefined ? null : principalOf(callerArn),
    deadLetterQueueArn: deadLetterQueueArn ?? null,
  }
}

function placed(queue: QueueAddress, called: FunctionAddress) {
  const { region, account, name } = queue
  const queueUrl = `https://sqs.${region}.${partitionOf(region).dnsSuffix}/${account}/${name}`
  return { queue, queueUrl, function: called }
}

async function readTarget(
  request: PolicyRequest,
  context: CallContext,
  { clients }: Session,
): Promise<PolicyTarget> {
  const queue = await resolveQueue(clients, request.queue, context)
  const called = resolveFunction(clients, request.function, context)
  const [read, lambdaFunction] = await Promise.all([
    attempt(readQueue(clients, queue)),
    attempt(readFunction(clients, called)),
  ])
  const roleArn = request.roleArn ?? roleOf(lambdaFunction, request)
  const [keyArn, boundaryArn, caller] = await Promise.all([
    request.keyArn === undefined ? keyOf(read, clients, request) : request.keyArn,
    request.boundaryArn ?? (request.withFix && roleArn !== null ? boundaryOf(roleArn, clients) : null),
    request.callerArn === undefined ? callerOf(context, clients) : principalOf(request.callerArn),
  ])
  const redrive = 'value' in read ? (read.value.redrive?.deadLetterQueueArn ?? null) : null
  return {
    ...placed(queue, called),
    logGroup: 'value' in lambdaFunction ? lambdaFunction.value.logGroup : `/aws/lambda/${called.name}`,
    roleArn,
    boundaryArn,
    keyArn,
    caller,
    deadLetterQueueArn: request.deadLetterQueueArn ?? redrive,
    ...('value' in read ? { queuePolicy: read.value.policy } : {}),
  }
}

type Attempt<Value> = { readonly value: Value } | { readonly error: SqsTriggerError }

/** What AWS refuses or does not know may have been given; anything else ends the run. */
async function attempt<Value>(reading: Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await reading }
  } catch (error) {
    const codes = ['ACCESS_DENIED', 'QUEUE_NOT_FOUND', 'FUNCTION_NOT_FOUND', 'NOT_FOUND']
    if (error instanceof SqsTriggerError && codes.includes(error.code)) return { error }
    throw error
  }
}

/** Only the role's own document in JSON does without its name. */
function roleOf(read: Attempt<LambdaFunction>, request: PolicyRequest): string | null {
  if ('value' in read) return read.value.roleArn
  if (request.for === 'role') return null
  throw notGiven(read.error, 'Give the execution role with --role-arn <arn>.')
}

/** The customer managed key; null: there is none. A queue may name its key by id, ARN or alias. */
async function keyOf(read: Attempt<Queue>, clients: Clients, request: PolicyRequest): Promise<string | null> {
  if (request.for === 'queue') return null
  if ('error' in read)
    throw notGiven(
      read.error,
      'Give the key of the queue with --key-arn <arn>, or --key-arn none where no customer managed key encrypts it.',
    )
  const { encryption, arn } = read.value
  if (encryption.kind !== 'key' || /(^|:)alias\/aws\/sqs$/.test(encryption.keyId)) return null
  const [, partition, , region, account] = arn.split(':')
  const { keyId } = encryption
  const keyArn = keyId.startsWith('arn:')
    ? keyId
    : `arn:${partition}:kms:${region}:${account}:${keyId.startsWith('alias/') ? keyId : `key/${keyId}`}`
  const key = await attempt(readKey(clients, keyArn))
  if ('value' in key) return key.value.manager === 'CUSTOMER' ? key.value.arn : null
  // Policies must name the key itself; only KMS knows what an alias stands for.
  if (keyArn.includes(':key/')) return keyArn
  throw notGiven(key.error, `Give the key behind ${keyId} with --key-arn <arn>.`)
}

async function boundaryOf(roleArn: string, clients: Clients): Promise<string | null> {
  const role = await attempt(readRole(clients, roleNameOf(roleArn)))
  // Another role may have the name by now, under another path.
  return 'value' in role && role.value.arn === roleArn ? (role.value.boundaryArn ?? null) : null
}

/** Sessions go by their role, whose path only IAM knows. */
async function callerOf(
  { caller, account, partition }: CallContext,
  clients: Clients,
): Promise<PolicyTarget['caller']> {
  const session = /:assumed-role\/([^/]+)\//.exec(caller)?.[1]
  if (session === undefined) return /:iam::\d+:user\//.test(caller) ? principalOf(caller) : null
  const role = await attempt(readRole(clients, session))
  const iam = `arn:${partition}:iam::${account}:role/`
  const arns = 'value' in role ? [role.value.arn] : [`${iam}${session}`, `${iam}*/${session}`]
  return { kind: 'role', name: session, arns }
}

/** @throws SqsTriggerError USAGE for what is neither a user nor a role. */
function principalOf(arn: string): PolicyTarget['caller'] {
  const kind = /^arn:[\w-]+:iam::\d{12}:(user|role)\/.+$/.exec(arn)?.[1]
  if (kind !== 'user' && kind !== 'role') {
    const hint = 'For example: --caller-arn arn:aws:iam::111122223333:role/deployer'
    throw new SqsTriggerError('USAGE', `${arn} is not the ARN of an IAM user or role.`, { hint })
  }
  return { kind, name: roleNameOf(arn), arns: [arn] }
}

function notGiven(error: SqsTriggerError, hint: string): SqsTriggerError {
  const gone = error.code.endsWith('NOT_FOUND')
  const made = `Check the name and the Region. For one that is still to be made: ${uncapital(hint)}`
  return reworded(error, { hint: gone ? made : hint }, error)
}

const uncapital = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`
