import { type QueueAddress, type QueueReference, readQueueReference } from '../../arn.js'
import type { LambdaFunction, Variables } from '../../aws/lambda-function.js'
import { readRecursionConfig } from '../../aws/lambda-function.js'
import { absent, type Fact, known, mapFact, readAsFact, unknown } from '../fact.js'
import type { Facts, WritesBack } from '../facts.js'
import { feeding } from '../same-function.js'
import type { Reads } from './reads.js'

type LoopFacts = Pick<Facts, 'writesBack' | 'recursionDetection'>

/** Reads that are waited for only where they matter. */
interface LoopReads extends Reads {
  readonly rolePermissions: Promise<Pick<Facts, 'role sqs:SendMessage'>>
  readonly deadLetter: Promise<Pick<Facts, 'deadLetterMappings'>>
}

/** What may make the function call itself. One more call, and only where something points at a loop. */
export async function gatherLoops(reads: LoopReads): Promise<LoopFacts> {
  const [writesBack, recursionDetection] = await Promise.all([
    gatherWritesBack(reads),
    gatherRecursionDetection(reads),
  ])
  return { writesBack, recursionDetection }
}

async function gatherWritesBack(reads: LoopReads): Promise<Fact<WritesBack>> {
  const lambdaFunction = await target(reads)
  if (lambdaFunction.state !== 'known') return lambdaFunction
  const variables = variablesNaming(reads.queue, lambdaFunction.value.variables)
  if (variables.state !== 'known') return variables
  const asDeadLetterQueue = lambdaFunction.value.deadLetterTargetArn === reads.queue.arn
  if (variables.value.length === 0) return known({ variables: [], maySend: null, asDeadLetterQueue })
  const { 'role sqs:SendMessage': maySend } = await reads.rolePermissions
  if (maySend.state === 'known')
    return known({ variables: variables.value, maySend: maySend.value, asDeadLetterQueue })
  // The stronger sign decides without the weaker one.
  return asDeadLetterQueue ? known({ variables: [], maySend: null, asDeadLetterQueue }) : maySend
}

async function gatherRecursionDetection(reads: LoopReads): Promise<Fact<string>> {
  const [queue, told] = await Promise.all([
    reads.queueFact,
    reads.functionFact.then((fact) => detectionOf(fact, reads)),
  ])
  return queue.state === 'absent' ? queue : told
}

async function detectionOf(lambdaFunction: Fact<LambdaFunction>, reads: LoopReads): Promise<Fact<string>> {
  if (lambdaFunction.state !== 'known') return lambdaFunction
  const sign = await signOfLoop(reads, lambdaFunction.value)
  if (sign.state === 'unknown') return sign
  if (sign.state === 'absent' || !sign.value)
    return absent('nothing points at a loop: the function is given no way back to the queue')
  const fact = await readAsFact(readRecursionConfig(reads.clients, reads.function))
  // The function was read a moment ago: an endpoint that finds nothing here does not know the call.
  return fact.state === 'absent' ? unknown(fact.reason, 'lambda:GetFunctionRecursionConfig') : fact
}

/** Whether the function is given a way back to its queue, or gets what it could not process once more. */
async function signOfLoop(reads: LoopReads, lambdaFunction: LambdaFunction): Promise<Fact<boolean>> {
  const variables = variablesNaming(reads.queue, lambdaFunction.variables)
  if (variables.state === 'known' && variables.value.length > 0) return known(true)
  if (lambdaFunction.deadLetterTargetArn === reads.queue.arn) return known(true)
  const { deadLetterMappings } = await reads.deadLetter
  const wired = mapFact(deadLetterMappings, (mappings) => feeding(mappings, reads.function).length > 0)
  if (wired.state === 'known' && wired.value) return wired
  return variables.state === 'unknown' ? variables : wired
}

/** The function, where both ends are there: to a queue that does not exist nobody writes. */
async function target({ queueFact, functionFact }: Reads): Promise<Fact<LambdaFunction>> {
  const [queue, lambdaFunction] = await Promise.all([queueFact, functionFact])
  return queue.state === 'absent' ? queue : lambdaFunction
}

function variablesNaming(queue: QueueAddress, variables: Variables): Fact<readonly string[]> {
  if (variables.kind === 'readable') return known(variables.namesWhere((value) => names(queue, value)))
  const reason = `Lambda did not show the function’s environment variables: ${variables.reason}`
  return unknown(reason, /denied/i.test(variables.code) ? 'kms:Decrypt' : undefined)
}

/** Only the whole value counts: a queue called `prod` is not meant by every value with `prod` in it. */
function names(queue: QueueAddress, value: string): boolean {
  const reference = referenceIn(value)
  if (reference?.kind === 'arn') return reference.address.arn === queue.arn
  if (reference?.kind === 'url') {
    const { account, name, region = queue.region } = reference
    return account === queue.account && name === queue.name && region === queue.region
  }
  return reference?.name === queue.name
}

/** undefined: the value is no name, URL or ARN of a queue. */
function referenceIn(value: string): QueueReference | undefined {
  try {
    return readQueueReference(value)
  } catch {
    return undefined
  }
}
