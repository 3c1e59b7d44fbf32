import { roleNameOf } from '../arn.js'
import type { CallerIdentity } from '../aws/caller-identity.js'
import type { Clients } from '../aws/clients.js'
import { listMappingPages } from '../aws/event-source-mapping.js'
import { type Role, readRole } from '../aws/execution-role.js'
import { type Key, readKey } from '../aws/key.js'
import {
  type FunctionHandle,
  type LambdaFunction,
  readFunction,
  readReservedConcurrency,
} from '../aws/lambda-function.js'
import { type Queue, readQueue } from '../aws/queue.js'
import type { Mapping } from '../mapping.js'
import { acrossAccounts } from './across-accounts.js'
import {
  consumers,
  deadLetterExistence,
  existence,
  functionExistence,
  qualifierExistence,
} from './existence.js'
import { absent, type Fact, known, readAsFact, unknown } from './fact.js'
import type { Facts } from './facts.js'
import { gatherCallerPermissions } from './gather-caller-permissions.js'
import { gatherExistingMapping } from './gather-existing-mapping.js'
import { gatherRolePermissions, judgeTrust } from './gather-role-permissions.js'
import { deadLetterAddress, placementGap } from './placement.js'
import type { FunctionReads, GatherRequest, Reads } from './reads.js'

/**
 * Reads everything that rules may ask for: a graph of promises in which nothing waits for what it does not need.
 * Nothing is changed.
 * @throws SqsTriggerError when queue or function cannot be asked at all (endpoint down, credentials refused)
 */
export async function gatherFacts(clients: Clients, request: GatherRequest): Promise<Facts> {
  const away = placementGap(request, clients.region)
  const ask = <Value>(read: () => Promise<Fact<Value>>) =>
    away === undefined ? read() : Promise.resolve(absent(away))

  const begun = away === undefined ? request.begun : undefined
  const reads = begun ?? {
    lambdaFunction: ask(() => beginFunctionReads(clients, request.function).lambdaFunction),
    reservedConcurrency: ask(() => readAsFact(readReservedConcurrency(clients, request.function))),
  }
  const functionFact = reads.lambdaFunction
  const queueFact = ask(() => readQueueFact(clients, request))
  const roleFact = functionFact.then((fact) => readRoleFact(clients, fact, request.caller))
  const keyFact = queueFact.then((fact) => readKeyFact(clients, fact, request.caller))
  const deadLetterFact = queueFact.then((fact) => readDeadLetterFact(clients, fact, request.caller))
  const mappingsFact = ask(() => readAsFact(collectMappings(clients, request.queue.arn)))
  const underWay: Reads = {
    ...request,
    clients,
    queueFact,
    functionFact,
    roleFact,
    keyFact,
    mappingsFact,
  }

  // All in one, so that a read that fails late has somebody waiting for it.
  const [
    rolePermissions,
    callerPermissions,
    queue,
    lambdaFunction,
    role,
    deadLetterQueue,
    functionExists,
    key,
    mappings,
    existingMapping,
    reserved,
  ] = await Promise.all([
    gatherRolePermissions(underWay),
    gatherCallerPermissions(underWay),
    queueFact,
    functionFact,
    roleFact,
    deadLetterFact,
    functionFact.then((fact) => functionExistence(clients, request.function, fact, away)),
    keyFact,
    mappingsFact,
    gatherExistingMapping(underWay),
    reads.reservedConcurrency,
  ])
  return {
    ...rolePermissions,
    ...callerPermissions,
    placement: known({ queue: request.queue, function: request.function, region: clients.region }),
    settings: known(request.settings),
    caller: known(request.caller),
    queue,
    queueExists: existence(queue, away),
    deadLetterQueue,
    deadLetterQueueExists: deadLetterExistence(queue, deadLetterQueue),
    key,
    lambdaFunction,
    functionExists,
    qualifierExists: qualifierExistence(request.function, lambdaFunction, functionExists),
    reservedConcurrency: reserved,
    role,
    roleExists: lambdaFunction.state === 'known' ? existence(role, undefined) : lambdaFunction,
    roleTrust: judgeTrust(role, request.function),
    mappings: consumers(queue, mappings),
    existingMapping,
  }
}

/** Starts the two reads that need nothing but the function's name. */
export function beginFunctionReads(clients: Clients, handle: FunctionHandle): FunctionReads {
  return {
    lambdaFunction: readAsFact(readFunction(clients, handle), { essential: true }),
    reservedConcurrency: readAsFact(readReservedConcurrency(clients, handle)),
  }
}

async function readQueueFact(clients: Clients, { queue, caller }: GatherRequest): Promise<Fact<Queue>> {
  return acrossAccounts(await readAsFact(readQueue(clients, queue), { essential: true }), queue, caller)
}

async function readRoleFact(
  clients: Clients,
  lambdaFunction: Fact<LambdaFunction>,
  caller: CallerIdentity,
): Promise<Fact<Role>> {
  if (lambdaFunction.state !== 'known') return lambdaFunction
  const { roleArn } = lambdaFunction.value
  if (roleArn.split(':')[4] !== caller.account) return unknown('the execution role is in another account')
  return readAsFact(readRole(clients, roleNameOf(roleArn)))
}

async function readKeyFact(clients: Clients, queue: Fact<Queue>, caller: CallerIdentity): Promise<Fact<Key>> {
  if (queue.state !== 'known') return queue
  const { encryption, name, account, arn } = queue.value
  if (encryption.kind !== 'key') return absent(`queue ${name} is not encrypted with a KMS key`)
  // AWS's own key shows in the alias already: nothing needs to be asked, and its use needs no permission.
  if (/(^|:)alias\/aws\/sqs$/.test(encryption.keyId)) {
    const [, partition, , region] = arn.split(':')
    return known({
      arn: `arn:${partition}:kms:${region}:${account}:alias/aws/sqs`,
      account,
      manager: 'AWS',
      state: 'Enabled',
    })
  }
  const isOwn = account === caller.account
  const fact = await readAsFact(
    readKey(clients, isOwn ? encryption.keyId : keyArnOf(queue.value, encryption.keyId)),
  )
  if (fact.state !== 'absent') return fact
  // Of another account's key KMS may say so without its being gone.
  if (!isOwn)
    return unknown(`KMS does not show key ${encryption.keyId} of account ${account}`, 'kms:DescribeKey')
  // A key that KMS does not know is a finding, not a reason to skip.
  return known({ arn: encryption.keyId, account: '', manager: 'CUSTOMER', state: 'NotFound' })
}

/**
 * A queue may call its key by id or alias, which stand for a key of the queue's own account and Region; the caller's
 * KMS would look in the caller's account, and may even find a namesake there.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
function keyArnOf({ arn, account }: Queue, keyId: string): string {
  if (keyId.startsWith('arn:')) return keyId
  const [, partition, , region] = arn.split(':')
  return `arn:${partition}:kms:${region}:${account}:${keyId.startsWith('alias/') ? keyId : `key/${keyId}`}`
}

async function readDeadLetterFact(
  clients: Clients,
  queue: Fact<Queue>,
  caller: CallerIdentity,
): Promise<Fact<Queue>> {
  if (queue.state !== 'known') return queue
  const { redrive, name } = queue.value
  if (redrive === null) return absent(`queue ${name} has no dead-letter queue`)
  const address = deadLetterAddress(redrive.deadLetterQueueArn)
  if (address === undefined) return absent(`${redrive.deadLetterQueueArn} is not the ARN of an SQS queue`)
  if (address.region !== clients.region)
    return unknown(`the dead-letter queue is in ${address.region}, not ${clients.region}`)
  return acrossAccounts(await readAsFact(readQueue(clients, address)), address, caller)
}

async function collectMappings(clients: Clients, queueArn: string): Promise<readonly Mapping[]> {
  const all: Mapping[] = []
  for await (const page of listMappingPages(clients, { queueArn })) all.push(...page)
  return all
}
