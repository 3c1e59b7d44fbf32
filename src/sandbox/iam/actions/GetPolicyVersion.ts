import { defineAction } from '../../define-action.js'
import { encodeDocument } from '../inline-policies.js'
import { requiredText } from '../input.js'
import { noSuchEntity, requirePolicy } from '../require-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export default defineAction({
  service: 'iam',
  name: 'GetPolicyVersion',
  decode: (raw) => ({ arn: requiredText(raw, 'PolicyArn'), versionId: requiredText(raw, 'VersionId') }),
  needs: ({ arn }) => [{ action: 'iam:GetPolicyVersion', resource: arn }],
  run: ({ arn, versionId }, call) => {
    const policy = requirePolicy(call, arn)
    if (versionId !== policy.defaultVersionId) {
      throw noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`, false)
    }
    return {
      PolicyVersion: {
        Document: encodeDocument(policy.document),
        VersionId: policy.defaultVersionId,
        IsDefaultVersion: true,
        CreateDate: new Date(policy.createdAt),
      },
    }
  },
})
