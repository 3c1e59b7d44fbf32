import { defineAction } from '../../define-action.js'
import { requiredText } from '../input.js'
import { keyMetadata } from '../key-metadata.js'
import { keyPermission, requireKey } from '../require-key.js'

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export default defineAction({
  service: 'kms',
  name: 'DescribeKey',
  decode: (raw) => ({ reference: requiredText(raw, 'KeyId') }),
  needs: ({ reference }, call) => keyPermission(call, 'kms:DescribeKey', reference),
  run: ({ reference }, call) => ({ KeyMetadata: keyMetadata(requireKey(call, reference, 'key or alias')) }),
})
