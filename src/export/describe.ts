import { nameIn, parseArn, roleNameOf } from '../arn.js'
import { ownerTag } from '../fleet/manifest/settings.js'
import { rolePolicyFor, rolePolicyName } from '../permissions/role-policy.js'
import { queueViaService } from '../permissions/via-service.js'
import type { Fact } from '../preflight/fact.js'
import type { ExportOptions } from './export-format.js'
import type { ExportedMapping, ExportWorld } from './export-world.js'
import { openNamer } from './identifiers.js'
import { mappingProperties } from './mapping-properties.js'
import { openPlaces, type Places } from './places.js'
import { openQueues } from './queues.js'
import { place, textOf, type Value, withReferences } from './references.js'
import type { Infrastructure, Resource } from './resources.js'

/**
 * What there is, free of any format: the mappings with every setting, and for each execution role and queue the least
 * policy. Whatever differs between accounts and Regions is a reference.
 */
export function describe(world: ExportWorld, { withQueues = false }: ExportOptions = {}): Infrastructure {
  const name = openNamer()
  const places = openPlaces(world, name)
  const queues = withQueues ? openQueues(world, name, places) : undefined
  const queueAt = queues?.queue ?? places.queue
  const notes = new Set<string>()
  const resources: Resource[] = []
  const policies = new Map<string, Resource>()
  for (const exported of world.mappings) {
    const { mapping, qualifier } = exported
    const queueName = nameIn(mapping.queueArn)
    const functionName = nameIn(exported.functionArn)
    const properties = mappingProperties(
      mapping,
      {
        queue: queueAt(mapping.queueArn),
        function: places.function(exported.functionArn, qualifier),
        filterKey:
          mapping.filterKeyArn === undefined
            ? undefined
            : places.key(mapping.filterKeyArn, queueName, `the filters on queue ${queueName}`),
      },
      exported.tags.state === 'known' ? withoutOwner(exported.tags.value) : {},
    )
    const mappingId = name(queueName, 'to', functionName, qualifier ?? '')
    const policy = rolePolicy(exported, world, { ...places, queue: queueAt })
    const roleOnQueue = `${policy.role} ${mapping.queueArn}`
    if (policy.properties !== undefined && !policies.has(roleOnQueue)) {
      const { properties: wanted, existing } = policy
      const id = name(policy.role, 'reads', queueName)
      policies.set(roleOnQueue, {
        id,
        type: 'AWS::IAM::RolePolicy',
        queueArn: mapping.queueArn,
        properties: wanted,
        ...(existing === undefined ? {} : { existing }),
      })
    }
    const dependsOn = policies.get(roleOnQueue)?.id
    resources.push({
      id: mappingId,
      type: 'AWS::Lambda::EventSourceMapping',
      ...(dependsOn === undefined ? {} : { dependsOn }),
      properties,
      existing: { identifier: { Id: mapping.uuid }, terraformId: mapping.uuid },
    })
    for (const note of [...policy.notes, ...mappingNotes(exported, world)]) notes.add(note)
  }
  return {
    parameters: places.parameters(),
    resources: [...(queues?.resources() ?? []), ...resources, ...policies.values()],
    notes: [...refusedNotes(world), ...(queues?.notes() ?? []), ...notes],
  }
}

interface RolePolicy extends Partial<Pick<Resource, 'properties' | 'existing'>> {
  readonly role: string
  readonly notes: readonly string[]
}

/** The least policy for the role of one mapping; nothing where the role is not known. */
function rolePolicy(
  { mapping, functionArn }: ExportedMapping,
  world: ExportWorld,
  places: Places,
): RolePolicy {
  const called = world.functions.get(functionArn)
  if (called?.state !== 'known') {
    const why = `Which role function ${nameIn(functionArn)} has is not known (${reasonOf(called)})`
    return { role: '', notes: [`${why}: its permissions are left out.`] }
  }
  const { queueArn } = mapping
  const { partition, region } = world.context
  const { roleArn } = called.value
  const role = roleNameOf(roleArn)
  const [keyArn, notes] = keyOfQueue(queueArn, world)
  const known = new Map<string, Value>([[queueArn, places.queue(queueArn)]])
  if (keyArn !== null) known.set(keyArn, places.key(keyArn, nameIn(queueArn), `queue ${nameIn(queueArn)}`))
  const viaService = queueViaService(region, partition)
  if (viaService !== undefined) known.set(viaService, viaServiceHere)
  const document = rolePolicyFor({ queueArn, keyArn: keyArn ?? undefined, region, partition })
  const policyName = rolePolicyName(queueArn)
  const read = world.roles.get(roleArn)?.policies
  const existing = [policyName, `${policyName}-${region}`].find(
    (one) => read?.state === 'known' && read.value.some(({ name }) => name === one),
  )
  const unread =
    read?.state === 'known'
      ? []
      : [`The policies of role ${role} could not be read (${reasonOf(read)}): its policy is taken to be new.`]
  return {
    role,
    properties: {
      RoleName: places.role(role),
      // A role serves all Regions, each of which may have a queue of that name.
      PolicyName: existing === policyName ? policyName : textOf([policyName, '-', place.region]),
      PolicyDocument: withReferences(document, known),
    },
    ...(existing === undefined
      ? {}
      : {
          existing: {
            identifier: { PolicyName: existing, RoleName: role },
            terraformId: `${role}:${existing}`,
          },
        }),
    notes: [...notes, ...unread],
  }
}

/** As `queueViaService`, wherever the template is deployed. */
const viaServiceHere = textOf(['sqs.', { parameter: 'AWS::Region' }, '.', { parameter: 'AWS::URLSuffix' }])

/** The customer managed key that encrypts the queue; null: there is none, or it is not known. */
function keyOfQueue(
  queueArn: string,
  { queues, keys }: ExportWorld,
): readonly [keyArn: string | null, notes: readonly string[]] {
  const queue = queues.get(queueArn)
  const lacks = (what: string, why: Fact<unknown> | undefined): readonly [null, readonly string[]] => [
    null,
    [
      `${what} could not be read (${reasonOf(why)}): if a key of your own encrypts it, the role also needs kms:Decrypt.`,
    ],
  ]
  if (queue?.state !== 'known') return lacks(`Queue ${nameIn(queueArn)}`, queue)
  const { encryption } = queue.value
  if (encryption.kind !== 'key' || encryption.keyId.endsWith('alias/aws/sqs')) return [null, []]
  const key = keys.get(encryption.keyId)
  if (key?.state === 'known') return [key.value.manager === 'AWS' ? null : key.value.arn, []]
  return encryption.keyId.startsWith('arn:') && encryption.keyId.includes(':key/')
    ? [encryption.keyId, []]
    : lacks(`The key of queue ${nameIn(queueArn)}`, key)
}

/** What stands in a template belongs to no file of this tool, whose `--prune` might delete it. */
const withoutOwner = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => key !== ownerTag))

function mappingNotes({ mapping, tags }: ExportedMapping, { context }: ExportWorld): readonly string[] {
  const { uuid, queueArn } = mapping
  const stack = tags.state === 'known' ? tags.value['aws:cloudformation:stack-name'] : undefined
  const owner = parseArn(queueArn)?.account
  return [
    ...(mapping.filters === undefined
      ? [`The filters of mapping ${uuid} could not be read, and are missing: add them before you use this.`]
      : []),
    ...(tags.state === 'unknown' ? [`The tags of mapping ${uuid} could not be read (${tags.reason}).`] : []),
    ...(stack === undefined
      ? []
      : [`Mapping ${uuid} belongs to the CloudFormation stack ${stack}: another stack cannot import it.`]),
    ...(owner === context.account
      ? []
      : [
          `Queue ${nameIn(queueArn)} is in account ${owner}, whose owner has to permit it: sqs-trigger policy --for queue.`,
        ]),
  ]
}

/**
 * What AWS would refuse to make again, as far as it shows in what was read anyway: the limit of a function may be raised
 * over that of its queue after the mapping is made.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function refusedNotes({ mappings, queues, functions }: ExportWorld): readonly string[] {
  const refused = mappings.flatMap(({ mapping: { queueArn }, functionArn }) => {
    const [queue, called] = [queues.get(queueArn), functions.get(functionArn)]
    if (queue?.state !== 'known' || called?.state !== 'known') return []
    const { visibilityTimeoutSeconds: hidden } = queue.value
    const { timeoutSeconds: limit } = called.value
    if (hidden >= limit) return []
    return [`${nameIn(queueArn)} to ${nameIn(functionArn)} (${hidden} s, ${limit} s)`]
  })
  if (refused.length === 0) return []
  const more = refused.length > 3 ? ` and ${refused.length - 3} more` : ''
  const which = `${refused.length} of ${mappings.length} ${mappings.length === 1 ? 'mapping' : 'mappings'}`
  return [
    `AWS would refuse to make ${which} anew, because the queue hides a message for less time than the function may run: ${refused.slice(0, 3).join(', ')}${more}. sqs-trigger audit tells what else is wrong, and what mends it.`,
  ]
}

const reasonOf = (fact: Fact<unknown> | undefined) =>
  fact === undefined || fact.state === 'known' ? 'it was not read' : fact.reason
