import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { deleteConflict } from '../delete-conflict.js'
import { requiredText } from '../input.js'
import { requirePolicy } from '../require-entity.js'
import { attachmentsOf, boundedBy } from '../shapes.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'DeletePolicy',
  decode: (raw) => ({ arn: requiredText(raw, 'PolicyArn') }),
  needs: ({ arn }) => [{ action: 'iam:DeletePolicy', resource: arn }],
  run: ({ arn }, call) => {
    const { iam } = call.world
    requirePolicy(call, arn)
    if (arn.includes(':iam::aws:')) {
      throw new AwsFault('AccessDenied', `Policy ${arn} belongs to AWS and cannot be deleted.`, {
        status: 403,
        recorded: false,
      })
    }
    if (attachmentsOf(iam, arn).length + boundedBy(iam, arn).length > 0) {
      throw deleteConflict('Cannot delete a policy attached to entities.')
    }
    iam.policies.delete(arn)
  },
})
