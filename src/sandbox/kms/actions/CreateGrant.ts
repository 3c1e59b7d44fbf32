import { randomBytes } from 'node:crypto'
import { defineAction } from '../../define-action.js'
import { isObject } from '../../protocols/json-body.js'
import type { RawInput } from '../../raw-input.js'
import { optionalText, requiredText, textList, textMap } from '../input.js'
import { keyPermission, refusePendingDeletion, requireKey } from '../require-key.js'
import type { GrantConstraints, KmsGrant } from '../state.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export default defineAction({
  service: 'kms',
  name: 'CreateGrant',
  decode: (raw) => ({
    reference: requiredText(raw, 'KeyId'),
    granteePrincipal: requiredText(raw, 'GranteePrincipal'),
    retiringPrincipal: optionalText(raw, 'RetiringPrincipal'),
    operations: textList(raw, 'Operations'),
    constraints: readConstraints(raw),
    name: optionalText(raw, 'Name'),
  }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:CreateGrant', reference),
  run: ({ reference, ...input }, call) => {
    const key = requireKey(call, reference)
    refusePendingDeletion(key)
    const grant: KmsGrant = {
      ...input,
      id: randomBytes(32).toString('hex'),
      token: randomBytes(48).toString('base64url'),
      issuingAccount: `arn:${call.world.partition}:iam::${call.principal.account}:root`,
      createdAt: call.world.clock.now(),
    }
    key.grants.push(grant)
    return { GrantToken: grant.token, GrantId: grant.id }
  },
})

function readConstraints(raw: RawInput): GrantConstraints | undefined {
  if (!isObject(raw.Constraints)) return undefined
  const equals = textMap(raw.Constraints.EncryptionContextEquals)
  const subset = textMap(raw.Constraints.EncryptionContextSubset)
  return {
    ...(equals ? { encryptionContextEquals: equals } : {}),
    ...(subset ? { encryptionContextSubset: subset } : {}),
  }
}
