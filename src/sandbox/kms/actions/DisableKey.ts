import { defineAction } from '../../define-action.js'
import { requiredText } from '../input.js'
import { keyPermission, refuseAwsManaged, refusePendingDeletion, requireKey } from '../require-key.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export default defineAction({
  service: 'kms',
  name: 'DisableKey',
  decode: (raw) => ({ reference: requiredText(raw, 'KeyId') }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:DisableKey', reference),
  run: ({ reference }, call) => {
    const key = requireKey(call, reference)
    refuseAwsManaged(key, 'DisableKey')
    refusePendingDeletion(key)
    key.state = 'Disabled'
  },
})
