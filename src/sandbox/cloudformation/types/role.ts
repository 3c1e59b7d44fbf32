import type { Call } from '../../define-action.js'
import attachRolePolicy from '../../iam/actions/AttachRolePolicy.js'
import createRole from '../../iam/actions/CreateRole.js'
import deleteRole from '../../iam/actions/DeleteRole.js'
import deleteRolePolicy from '../../iam/actions/DeleteRolePolicy.js'
import detachRolePolicy from '../../iam/actions/DetachRolePolicy.js'
import putRolePolicy from '../../iam/actions/PutRolePolicy.js'
import { roleArn } from '../../iam/require-entity.js'
import { isObject } from '../../protocols/json-body.js'
import type { RawInput } from '../../raw-input.js'
import { perform } from '../perform.js'
import type { ResourceType } from '../resource-type.js'
import { documentText, type Properties, textIn } from './properties.js'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export default {
  name: 'AWS::IAM::Role',
  create: async (properties, generated, call) => {
    const RoleName = textIn(properties, 'RoleName') ?? generated.slice(0, 64)
    const AssumeRolePolicyDocument = documentText(properties.AssumeRolePolicyDocument)
    await perform(createRole, { RoleName, AssumeRolePolicyDocument }, call)
    const attached: string[] = []
    const written: RawInput[] = []
    try {
      for (const { PolicyName, PolicyDocument } of inlineIn(properties)) {
        const policy = { PolicyName, PolicyDocument: documentText(PolicyDocument) }
        await perform(putRolePolicy, { RoleName, ...policy }, call)
        written.push(policy)
      }
      for (const PolicyArn of attachedIn(properties)) {
        await perform(attachRolePolicy, { RoleName, PolicyArn }, call)
        attached.push(PolicyArn)
      }
    } catch (error) {
      // A role that came to be half is taken back.
      await remove(RoleName, { Policies: written, ManagedPolicyArns: attached }, call)
      throw error
    }
    return { physicalId: RoleName, attributes: { Arn: roleArn(call, RoleName) } }
  },
  delete: ({ physicalId, properties }, call) => remove(physicalId, properties, call),
} satisfies ResourceType

async function remove(RoleName: string, properties: Properties, call: Call): Promise<void> {
  for (const { PolicyName } of inlineIn(properties)) {
    await perform(deleteRolePolicy, { RoleName, PolicyName }, call)
  }
  for (const PolicyArn of attachedIn(properties)) {
    await perform(detachRolePolicy, { RoleName, PolicyArn }, call)
  }
  await perform(deleteRole, { RoleName }, call)
}

const inlineIn = ({ Policies }: Properties) => (Array.isArray(Policies) ? Policies.filter(isObject) : [])

const attachedIn = ({ ManagedPolicyArns: arns }: Properties) => (Array.isArray(arns) ? arns.map(String) : [])
