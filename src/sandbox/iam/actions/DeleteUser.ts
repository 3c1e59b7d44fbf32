import { defineAction } from '../../define-action.js'
import { deleteConflict, refuseWhileHolding } from '../delete-conflict.js'
import { requiredName } from '../input.js'
import { requireUser, userArn } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export default defineAction({
  service: 'iam',
  name: 'DeleteUser',
  decode: (raw) => ({ name: requiredName(raw, 'UserName') }),
  needs: ({ name }, call) => [{ action: 'iam:DeleteUser', resource: userArn(call, name) }],
  run: ({ name }, call) => {
    const { iam } = call.world
    const user = requireUser(call, name)
    refuseWhileHolding(user)
    if (user.groups.size > 0)
      throw deleteConflict('Cannot delete entity, must remove users from group first.')
    // AWS asks for keys to be deleted first; there is no DeleteAccessKey here, so they go with their user.
    for (const [id, key] of iam.accessKeys) {
      if (key.principal.arn === user.arn) iam.accessKeys.delete(id)
    }
    iam.users.delete(user.arn)
  },
})
