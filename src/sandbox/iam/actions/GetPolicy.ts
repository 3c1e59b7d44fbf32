import { defineAction } from '../../define-action.js'
import { requiredText } from '../input.js'
import { requirePolicy } from '../require-entity.js'
import { policyShape } from '../shapes.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'GetPolicy',
  decode: (raw) => ({ arn: requiredText(raw, 'PolicyArn') }),
  needs: ({ arn }) => [{ action: 'iam:GetPolicy', resource: arn }],
  // The list of tags is there even where it is empty; the sandbox's policies have none.
  run: ({ arn }, call) => ({
    Policy: { ...policyShape(call.world.iam, requirePolicy(call, arn)), Tags: [] },
  }),
})
