import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import type { HolderKind } from './inline-policies.js'
import { noSuchEntity, requireAttachable } from './require-entity.js'
import type { PolicyHolder } from './state.js'

/** Default quota: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const attachmentLimit = 10

const quotaNames: Readonly<Record<HolderKind, string>> = {
  role: 'PoliciesPerRole',
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
}

export function attach(call: Call, holder: PolicyHolder, kind: HolderKind, arn: string): void {
  requireAttachable(call, arn)
  if (!holder.attached.has(arn) && holder.attached.size >= attachmentLimit) {
    throw new AwsFault('LimitExceeded', `Cannot exceed quota for ${quotaNames[kind]}: ${attachmentLimit}`, {
      status: 409,
      recorded: false,
    })
  }
  holder.attached.add(arn)
}

export function detach(holder: PolicyHolder, arn: string): void {
  if (!holder.attached.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
}

/** One entry of AttachedPolicies for each policy. */
export const attachedOf = ({ world }: Call, holder: PolicyHolder) =>
  [...holder.attached].map((arn) => ({ PolicyName: world.iam.policies.get(arn)?.name, PolicyArn: arn }))
