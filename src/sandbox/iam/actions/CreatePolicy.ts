import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { sizeOf } from '../inline-policies.js'
import { optionalText, policyText, requiredName } from '../input.js'
import { iamArn } from '../require-entity.js'
import { policyShape } from '../shapes.js'
import type { ManagedPolicy } from '../state.js'
import { policyId } from '../unique-id.js'

/** Characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const sizeLimit = 6_144

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export default defineAction({
  service: 'iam',
  name: 'CreatePolicy',
  decode: (raw) => ({
    name: requiredName(raw, 'PolicyName'),
    path: optionalText(raw, 'Path') ?? '/',
    document: policyText(raw),
    description: optionalText(raw, 'Description'),
  }),
  needs: ({ name, path }, call) => [
    { action: 'iam:CreatePolicy', resource: iamArn(call, `policy${path}${name}`) },
  ],
  run: (input, call) => {
    const { iam, clock } = call.world
    const arn = iamArn(call, `policy${input.path}${input.name}`)
    if (iam.policies.has(arn)) {
      throw new AwsFault(
        'EntityAlreadyExists',
        `A policy called ${input.name} already exists. Duplicate names are not allowed.`,
        { status: 409 },
      )
    }
    if (sizeOf(input.document) > sizeLimit) {
      throw new AwsFault('LimitExceeded', `Cannot exceed quota for PolicySize: ${sizeLimit}`, {
        status: 409,
        recorded: false,
      })
    }
    const policy: ManagedPolicy = {
      ...input,
      arn,
      id: policyId(),
      createdAt: clock.now(),
      defaultVersionId: 'v1',
    }
    iam.policies.set(arn, policy)
    return { Policy: policyShape(iam, policy) }
  },
})
