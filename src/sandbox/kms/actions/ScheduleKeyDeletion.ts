import { defineAction } from '../../define-action.js'
import { optionalInteger, requiredText } from '../input.js'
import { keyPermission, refuseAwsManaged, refusePendingDeletion, requireKey } from '../require-key.js'

const day = 24 * 60 * 60 * 1000

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export default defineAction({
  service: 'kms',
  name: 'ScheduleKeyDeletion',
  decode: (raw) => ({
    reference: requiredText(raw, 'KeyId'),
    days: optionalInteger(raw, 'PendingWindowInDays', [7, 30]) ?? 30,
  }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:ScheduleKeyDeletion', reference),
  run: ({ reference, days }, call) => {
    const { kms, clock } = call.world
    const key = requireKey(call, reference)
    refuseAwsManaged(key, 'ScheduleKeyDeletion')
    refusePendingDeletion(key)
    key.state = 'PendingDeletion'
    const deletionAt = clock.now() + days * day
    key.deletionAt = deletionAt
    clock.after(days * day, () => {
      // Cancelled, or cancelled and scheduled again.
      if (key.deletionAt !== deletionAt) return
      kms.keys.delete(key.arn)
      for (const [alias, { target }] of kms.aliases) if (target === key.arn) kms.aliases.delete(alias)
    })
    return {
      KeyId: key.arn,
      DeletionDate: deletionAt / 1000,
      KeyState: key.state,
      PendingWindowInDays: days,
    }
  },
})
