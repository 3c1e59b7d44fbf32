import { parseArn, queueAddress, readFunctionReference, roleNameOf } from '../arn.js'
import { readMappingTags } from '../aws/event-source-mapping.js'
import { readRole } from '../aws/execution-role.js'
import { type Key, readKey } from '../aws/key.js'
import { type LambdaFunction, readFunction } from '../aws/lambda-function.js'
import { readRolePolicies } from '../aws/principal-policies.js'
import { type Queue, readQueue } from '../aws/queue.js'
import { readQueueTags } from '../aws/stack-tags.js'
import { readTagIndex, type TagIndex } from '../fleet/ownership.js'
import { resultsInOrder } from '../fleet/results-in-order.js'
import type { Mapping } from '../mapping.js'
import type { Operation } from '../operations/events.js'
import { readMapping } from '../operations/find-mapping.js'
import { listMappings } from '../operations/list.js'
import { queueAt } from '../operations/mapping-ends.js'
import type { ListRequest } from '../operations/requests.js'
import type { Session } from '../operations/session.js'
import { absent, type Fact, known, readAsFact } from '../preflight/fact.js'
import type { ExportedMapping, ExportedRole, ExportNeed, ExportWorld } from './export-world.js'

/**
 * Reads the mappings and what a format needs to know of their ends, each end once. Mappings that are being deleted are
 * left out. What is refused becomes an unknown fact.
 * @throws SqsTriggerError ACCESS_DENIED without lambda:ListEventSourceMappings; otherwise as `listMappings`.
 */
export async function* gatherExport(
  request: ListRequest,
  needs: readonly ExportNeed[],
  session: Session,
): Operation<ExportWorld> {
  const { context, mappings: listed } = yield* listMappings(request, session)
  const { clients, signal } = session
  const needed = (need: ExportNeed) => needs.includes(need)
  yield { type: 'step-started', what: 'Reading what is exported' }
  const { bulk } = needed('tags') && listed.length > 0 ? yield* readTagIndex(session) : { bulk: null }
  const mappings = await resultsInOrder(listed.filter(isThere).toSorted(byEnds), width, async (mapping) =>
    exported(await whole(mapping, session), needed('tags') ? { bulk } : null, session),
  )
  const queues = new Map<string, Fact<Queue>>()
  const readQueues = (arns: readonly string[]) =>
    resultsInOrder(unique(arns, queues), width, async (arn) => {
      const parsed = parseArn(arn)
      const address = parsed && queueAddress({ ...parsed, name: parsed.resource })
      queues.set(
        arn,
        address ? await readAsFact(readQueue(clients, address, signal)) : absent('it is no queue'),
      )
    })
  if (needed('queues')) {
    await readQueues(mappings.map(({ mapping }) => mapping.queueArn))
    await readQueues([...queues.values()].flatMap(deadLetterArn))
  }
  const queueTags = new Map<string, Fact<Readonly<Record<string, string>>>>()
  if (needed('queueTags')) {
    const read = [...queues].flatMap(([arn, queue]) => (queue.state === 'known' ? [arn] : []))
    await resultsInOrder(read, width, async (arn) => {
      const address = queueAt(arn)
      if (address) queueTags.set(arn, await readAsFact(readQueueTags(clients, address)))
    })
  }
  const keys = new Map<string, Fact<Key>>()
  if (needed('keys')) {
    await resultsInOrder(unique([...queues.values()].flatMap(keyOf), keys), width, async (id) => {
      keys.set(id, await readAsFact(readKey(clients, id)))
    })
  }
  const functions = new Map<string, Fact<LambdaFunction>>()
  const roles = new Map<string, ExportedRole>()
  if (needed('functions') || needed('roles')) {
    const arns = mappings.map(({ functionArn }) => functionArn)
    await resultsInOrder(unique(arns, functions), width, async (arn) => {
      const reference = readFunctionReference(arn)
      const handle = reference.kind === 'arn' ? reference.address : reference
      functions.set(arn, await readAsFact(readFunction(clients, handle, signal)))
    })
  }
  if (needed('roles')) {
    const arns = [...functions.values()].flatMap((one) => (one.state === 'known' ? [one.value.roleArn] : []))
    await resultsInOrder(unique(arns, roles), width, async (arn) => {
      const name = roleNameOf(arn)
      const [role, policies] = await Promise.all([
        readAsFact(readRole(clients, name)),
        readAsFact(readRolePolicies(clients, name)),
      ])
      roles.set(arn, { role, policies })
    })
  }
  return { context, mappings, queues, queueTags, keys, functions, roles }
}

/** IAM answers slowly and refuses bursts; four at a time stay far below Lambda's 15 requests a second. */
const width = 4

const isThere = ({ state }: Mapping) => state !== 'Deleting'

const byEnds = (one: Mapping, other: Mapping) => compare(ends(one), ends(other))
const ends = ({ queueArn, functionArn }: Mapping) => `${queueArn} ${functionArn}`
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

const unique = (arns: readonly string[], known: ReadonlyMap<string, unknown>) =>
  [...new Set(arns)].filter((arn) => !known.has(arn))

const deadLetterArn = (queue: Fact<Queue>) =>
  queue.state === 'known' && queue.value.redrive ? [queue.value.redrive.deadLetterQueueArn] : []

/** The id, ARN or alias of the customer managed key; that of AWS needs no permission of anybody. */
const keyOf = (queue: Fact<Queue>) =>
  queue.state === 'known' &&
  queue.value.encryption.kind === 'key' &&
  !queue.value.encryption.keyId.endsWith('alias/aws/sqs')
    ? [queue.value.encryption.keyId]
    : []

/** A list withholds encrypted filters. */
const whole = async (mapping: Mapping, session: Session) =>
  mapping.filters === undefined ? readMapping(mapping.uuid, session) : mapping

async function exported(
  mapping: Mapping,
  index: TagIndex | null,
  { clients, signal }: Session,
): Promise<ExportedMapping> {
  const reference = readFunctionReference(mapping.functionArn)
  const address = reference.kind === 'arn' ? reference.address : undefined
  return {
    mapping,
    tags:
      index === null || mapping.arn === undefined
        ? absent('nobody asked for its tags')
        : index.bulk
          ? known(index.bulk.get(mapping.arn) ?? {})
          : await readAsFact(readMappingTags(clients, mapping.arn, signal)),
    functionArn: address?.unqualifiedArn ?? mapping.functionArn,
    qualifier: address?.qualifier ?? null,
  }
}
