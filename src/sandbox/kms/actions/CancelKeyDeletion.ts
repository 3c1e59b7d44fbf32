import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { requiredText } from '../input.js'
import { keyPermission, refuseAwsManaged, requireKey } from '../require-key.js'

/** The key is disabled afterwards. https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export default defineAction({
  service: 'kms',
  name: 'CancelKeyDeletion',
  decode: (raw) => ({ reference: requiredText(raw, 'KeyId') }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:CancelKeyDeletion', reference),
  run: ({ reference }, call) => {
    const key = requireKey(call, reference)
    refuseAwsManaged(key, 'CancelKeyDeletion')
    if (key.state !== 'PendingDeletion') {
      throw new AwsFault('KMSInvalidStateException', `${key.arn} is not pending deletion.`, {
        recorded: false,
      })
    }
    key.state = 'Disabled'
    key.deletionAt = undefined
    return { KeyId: key.arn }
  },
})
