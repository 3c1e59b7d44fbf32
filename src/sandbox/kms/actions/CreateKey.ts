import { randomUUID } from 'node:crypto'
import { defineAction } from '../../define-action.js'
import { arnOf } from '../find-key.js'
import { optionalText, policyText, tagMap } from '../input.js'
import { keyMetadata } from '../key-metadata.js'
import { defaultKeyPolicy } from '../key-policy.js'
import { homeOf } from '../require-key.js'
import type { KmsKey } from '../state.js'

/** Symmetric keys only, which is what queues take. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export default defineAction({
  service: 'kms',
  name: 'CreateKey',
  decode: (raw) => {
    const policy = optionalText(raw, 'Policy')
    return {
      policy: policy === undefined ? undefined : policyText(policy),
      description: optionalText(raw, 'Description') ?? '',
      tags: tagMap(raw),
    }
  },
  needs: () => [{ action: 'kms:CreateKey', resource: '*' }],
  run: ({ policy, description, tags }, call) => {
    const { world } = call
    const home = homeOf(call)
    const id = randomUUID()
    const key: KmsKey = {
      arn: arnOf(world, `key/${id}`, home),
      id,
      ...home,
      manager: 'CUSTOMER',
      description,
      createdAt: world.clock.now(),
      tags,
      state: 'Enabled',
      policy: policy ?? JSON.stringify(defaultKeyPolicy(world.partition, home.account)),
      grants: [],
      deletionAt: undefined,
    }
    world.kms.keys.set(key.arn, key)
    return { KeyMetadata: keyMetadata(key) }
  },
})
