import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { optionalText, requiredText } from '../input.js'
import { keyPermission, requireKey } from '../require-key.js'

/** A key has one policy, named default. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export default defineAction({
  service: 'kms',
  name: 'GetKeyPolicy',
  decode: (raw) => ({
    reference: requiredText(raw, 'KeyId'),
    policyName: optionalText(raw, 'PolicyName') ?? 'default',
  }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:GetKeyPolicy', reference),
  run: ({ reference, policyName }, call) => {
    const key = requireKey(call, reference)
    if (policyName !== 'default') {
      throw new AwsFault('NotFoundException', `The key has no policy named ${policyName}.`, {
        recorded: false,
      })
    }
    return { Policy: key.policy, PolicyName: policyName }
  },
})
