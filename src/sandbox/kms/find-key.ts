import { randomUUID } from 'node:crypto'
import type { World } from '../world.js'
import { awsSqsKeyPolicy } from './key-policy.js'
import type { KeyHome, KmsKey } from './state.js'

/**
 * The key behind a key id, key ARN, alias name or alias ARN; undefined when there is none.
 * The AWS managed key of SQS comes into being when it is first asked for, as it does in AWS.
 */
export function findKey(world: World, reference: string, home: KeyHome): KmsKey | undefined {
  if (!reference.startsWith('arn:')) {
    return findKey(
      world,
      arnOf(world, reference.startsWith('alias/') ? reference : `key/${reference}`, home),
      home,
    )
  }
  const [, , , region = '', account = '', resource = ''] = reference.split(':')
  if (!resource.startsWith('alias/')) return world.kms.keys.get(reference)
  const target = world.kms.aliases.get(reference)?.target
  if (target !== undefined) return world.kms.keys.get(target)
  return resource === 'alias/aws/sqs' ? createSqsManagedKey(world, { account, region }) : undefined
}

export const arnOf = (world: World, resource: string, home: KeyHome) =>
  `arn:${world.partition}:kms:${home.region}:${home.account}:${resource}`

function createSqsManagedKey(world: World, home: KeyHome): KmsKey {
  const id = randomUUID()
  const key: KmsKey = {
    arn: arnOf(world, `key/${id}`, home),
    id,
    ...home,
    manager: 'AWS',
    description: 'Default key that protects my SQS messages when no other key is defined',
    createdAt: world.clock.now(),
    tags: new Map(),
    state: 'Enabled',
    policy: JSON.stringify(awsSqsKeyPolicy(world.partition, home)),
    grants: [],
    deletionAt: undefined,
  }
  world.kms.keys.set(key.arn, key)
  world.kms.aliases.set(arnOf(world, 'alias/aws/sqs', home), { target: key.arn, createdAt: key.createdAt })
  return key
}
