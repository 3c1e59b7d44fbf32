import { defineAction } from '../../define-action.js'
import { policyText, requiredText } from '../input.js'
import { keyPermission, refuseAwsManaged, refusePendingDeletion, requireKey } from '../require-key.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export default defineAction({
  service: 'kms',
  name: 'PutKeyPolicy',
  decode: (raw) => ({
    reference: requiredText(raw, 'KeyId'),
    policy: policyText(requiredText(raw, 'Policy')),
  }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:PutKeyPolicy', reference),
  run: ({ reference, policy }, call) => {
    const key = requireKey(call, reference)
    refuseAwsManaged(key, 'PutKeyPolicy')
    refusePendingDeletion(key)
    key.policy = policy
  },
})
