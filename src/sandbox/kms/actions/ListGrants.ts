import { defineAction } from '../../define-action.js'
import { optionalInteger, optionalText, requiredText } from '../input.js'
import { pageFrom, pageOf } from '../paging.js'
import { keyPermission, requireKey } from '../require-key.js'
import type { KmsGrant, KmsKey } from '../state.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export default defineAction({
  service: 'kms',
  name: 'ListGrants',
  decode: (raw) => ({
    reference: requiredText(raw, 'KeyId'),
    grantId: optionalText(raw, 'GrantId'),
    granteePrincipal: optionalText(raw, 'GranteePrincipal'),
    limit: optionalInteger(raw, 'Limit', [1, 100]) ?? 50,
    from: pageFrom(raw),
  }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:ListGrants', reference),
  run: ({ reference, grantId, granteePrincipal, limit, from }, call) => {
    const key = requireKey(call, reference)
    const grants = key.grants.filter(
      (grant) =>
        (grantId === undefined || grant.id === grantId) &&
        (granteePrincipal === undefined || grant.granteePrincipal === granteePrincipal),
    )
    const { items, end } = pageOf(grants, from, limit)
    return { Grants: items.map((grant) => grantShape(key, grant)), ...end }
  },
})

const grantShape = (key: KmsKey, grant: KmsGrant) => ({
  KeyId: key.arn,
  GrantId: grant.id,
  Name: grant.name,
  CreationDate: grant.createdAt / 1000,
  GranteePrincipal: grant.granteePrincipal,
  RetiringPrincipal: grant.retiringPrincipal,
  IssuingAccount: grant.issuingAccount,
  Operations: grant.operations,
  ...(grant.constraints === undefined
    ? {}
    : {
        Constraints: {
          EncryptionContextEquals: grant.constraints.encryptionContextEquals,
          EncryptionContextSubset: grant.constraints.encryptionContextSubset,
        },
      }),
})
