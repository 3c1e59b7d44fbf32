import { defineAction } from '../../define-action.js'
import { requiredText } from '../input.js'
import { keyPermission, refuseAwsManaged, refusePendingDeletion, requireKey } from '../require-key.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export default defineAction({
  service: 'kms',
  name: 'EnableKey',
  decode: (raw) => ({ reference: requiredText(raw, 'KeyId') }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:EnableKey', reference),
  run: ({ reference }, call) => {
    const key = requireKey(call, reference)
    refuseAwsManaged(key, 'EnableKey')
    refusePendingDeletion(key)
    key.state = 'Enabled'
  },
})
