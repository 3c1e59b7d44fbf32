import { roleNameOf } from '../arn.js'
import type { CallerIdentity } from '../aws/caller-identity.js'
import type { Clients } from '../aws/clients.js'
import { type Role, readRole } from '../aws/execution-role.js'
import { type Key, readKey } from '../aws/key.js'
import type { LambdaFunction } from '../aws/lambda-function.js'
import type { Queue } from '../aws/queue.js'
import { findVoice, type Voice } from './access/caller-voice.js'
import { absent, type Fact, known, readAsFact, unknown } from './fact.js'
import type { Facts } from './facts.js'
import { acrossAccounts, keyAcrossAccounts } from './gather/across-accounts.js'
import { beginFunctionReads, readQueueFact } from './gather/begin-reads.js'
import { gatherCallerPermissions } from './gather/caller-permissions.js'
import { gatherDeadLetterQueue } from './gather/dead-letter-queue.js'
import { consumers, existence, functionExistence, qualifierExistence } from './gather/existence.js'
import { batchWindowOf, gatherExistingMapping } from './gather/existing-mapping.js'
import { gatherFilters } from './gather/filters.js'
import { gatherFunctionMappings } from './gather/function-mappings.js'
import { openKeyReads } from './gather/key-reads.js'
import { gatherLoops } from './gather/loops.js'
import { foreignFunction, placementGap } from './gather/placement.js'
import { mappingsFor } from './gather/read-mappings.js'
import type { FunctionReads, GatherRequest, Reads } from './gather/reads.js'
import { gatherRolePermissions, judgeTrust, roleExistence } from './gather/role-permissions.js'

/**
 * Reads everything that rules may ask for: a graph of promises in which nothing waits for what it does not need.
 * Nothing is changed.
 * @throws SqsTriggerError when queue or function cannot be asked at all (endpoint down, credentials refused)
 */
export async function gatherFacts(
  clients: Clients,
  request: GatherRequest,
  voice: Promise<Voice> = findVoice(clients, request.caller),
): Promise<Facts> {
  const away = placementGap(request, clients.region)
  const ask = <Value>(read: () => Promise<Fact<Value>>) =>
    away === undefined ? read() : Promise.resolve(absent(away))

  const functionAway = away ?? foreignFunction(request.function, request.caller)
  const { begun = {} } = request
  const reads =
    functionAway === undefined
      ? (begun.ofFunction ?? beginFunctionReads(clients, request.function))
      : notAsked(functionAway)
  const functionFact = reads.lambdaFunction
  const ofQueue = ask(() => begun.ofQueue?.queue ?? readQueueFact(clients, request.queue))
  const queueFact = ofQueue.then((fact) => acrossAccounts(fact, request.queue, request.caller))
  const roleFact = functionFact.then((fact) => readRoleFact(clients, fact, request.caller))
  const keyFact = queueFact.then((fact) => readKeyFact(clients, fact, request.caller))
  const mappingsFact = ask(
    () => begun.ofQueue?.mappings ?? mappingsFor({ ...request, clients }, { queueArn: request.queue.arn }),
  )
  const underWay: Reads = {
    ...request,
    clients,
    queueFact,
    functionFact,
    roleFact,
    keyFact,
    mappingsFact,
  }

  const keyReads = openKeyReads(clients, request.caller.account)
  // The simulator that was silent about the role will hardly speak of the caller.
  const askAhead = () => void voice.then((found) => found.readAhead()).catch(() => undefined)
  const rolePermissions = gatherRolePermissions(underWay, keyReads, askAhead)
  const deadLetter = gatherDeadLetterQueue(underWay)

  const existing = gatherExistingMapping(underWay)
  // All in one, so that a read that fails late has somebody waiting for it.
  const [
    ofRole,
    ofCaller,
    deadLetterQueue,
    loops,
    queue,
    lambdaFunction,
    role,
    functionExists,
    key,
    mappings,
    existingMapping,
    activeFilters,
    reserved,
    functionMappings,
  ] = await Promise.all([
    rolePermissions,
    gatherCallerPermissions(underWay, keyReads, voice),
    deadLetter,
    gatherLoops({ ...underWay, rolePermissions, deadLetter }),
    queueFact,
    functionFact,
    roleFact,
    functionFact.then((fact) => functionExistence(clients, request.function, fact, functionAway)),
    keyFact,
    mappingsFact,
    existing,
    gatherFilters(underWay, existing),
    reads.reservedConcurrency,
    gatherFunctionMappings(underWay, existing, reads.reservedConcurrency),
  ])
  return {
    ...ofRole,
    ...ofCaller,
    ...deadLetterQueue,
    ...loops,
    placement: known({ queue: request.queue, function: request.function, region: clients.region }),
    settings: known(request.settings),
    caller: known(request.caller),
    queue,
    queueExists: existence(queue, away),
    key,
    lambdaFunction,
    functionExists,
    qualifierExists: qualifierExistence(request.function, lambdaFunction, functionExists),
    reservedConcurrency: reserved,
    role,
    roleExists: lambdaFunction.state === 'known' ? roleExistence(role, ofRole) : lambdaFunction,
    roleTrust: judgeTrust(role, request.function),
    mappings: consumers(queue, mappings),
    existingMapping,
    activeFilters,
    batchWindow: known(batchWindowOf(request, existingMapping)),
    functionMappings,
    testMessage: testMessageOf(request),
  }
}

/** As if both had been asked for, and were not there. */
function notAsked(away: string): FunctionReads {
  return { lambdaFunction: Promise.resolve(absent(away)), reservedConcurrency: Promise.resolve(absent(away)) }
}

function testMessageOf({ testBody }: GatherRequest): Facts['testMessage'] {
  return testBody === undefined ? absent('no test message was asked for') : known({ body: testBody })
}

async function readRoleFact(
  clients: Clients,
  lambdaFunction: Fact<LambdaFunction>,
  caller: CallerIdentity,
): Promise<Fact<Role>> {
  if (lambdaFunction.state !== 'known') return lambdaFunction
  const { roleArn } = lambdaFunction.value
  if (roleArn.split(':')[4] !== caller.account) return unknown('the execution role is in another account')
  const found = await readAsFact(readRole(clients, roleNameOf(roleArn)))
  // IAM is asked by name alone. A role of that name under another path is another role, and not the function's.
  return found.state === 'known' && found.value.arn !== roleArn
    ? absent(`role ${roleArn} does not exist: the role of that name is ${found.value.arn}`)
    : found
}

async function readKeyFact(clients: Clients, queue: Fact<Queue>, caller: CallerIdentity): Promise<Fact<Key>> {
  if (queue.state !== 'known') return queue
  const { encryption, name, account, arn } = queue.value
  if (encryption.kind !== 'key') return absent(`queue ${name} is not encrypted with a KMS key`)
  // AWS's own key shows in the alias already: nothing needs to be asked, and whoever may use SQS may use it.
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
  // Of another account's key KMS may say that it is gone without its being so.
  if (!isOwn) return keyAcrossAccounts(fact, { keyId: encryption.keyId, account }, caller)
  if (fact.state !== 'absent') return fact
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
