import { defineAction } from '../../define-action.js'
import type { RawInput } from '../../raw-input.js'
import { objectList, textList } from '../input.js'
import { pageOf } from '../paging.js'
import { evaluationResults } from '../simulation/answer.js'
import { invalidInput, readSimulation } from '../simulation/read-request.js'
import { simulate } from '../simulation/simulate.js'
import type { SimulatedPolicy } from '../simulation/simulation.js'
import { callerOf } from '../simulation/source-entity.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'SimulateCustomPolicy',
  decode: (raw) => ({ ...readSimulation(raw), scps: readOrganizationPolicies(raw) }),
  // This action cannot be narrowed to a resource.
  needs: () => [{ action: 'iam:SimulateCustomPolicy', resource: '*' }],
  run: (input, { world, principal }) => {
    if (input.resourcePolicy !== undefined && input.callerArn === undefined) {
      throw invalidInput('CallerArn is required when ResourcePolicy is given.', false)
    }
    const caller = callerOf(
      input.callerArn ?? `arn:${world.partition}:iam::${principal.account}:user/simulated`,
    )
    const outcomes = simulate({
      ...input,
      caller,
      resourceOwner: input.resourceOwner ?? principal.account,
      identity: input.policyInputs,
      boundary: input.boundaryInputs,
      resourcePolicy: caller.kind === 'assumed-role' ? undefined : input.resourcePolicy,
    })
    const { items, end } = pageOf(evaluationResults(outcomes, world.iam.simulatorShape), input.page)
    return { EvaluationResults: items, ...end }
  },
})

/** Levels of service control policies, root of the organisation first. */
function readOrganizationPolicies(raw: RawInput): readonly (readonly SimulatedPolicy[])[] {
  return objectList(raw, 'OrderedOrganizationPolicyInputList').map((level, depth) =>
    textList(level, 'ServiceControlPolicyInputList').map((document, index) => {
      const name = `OrderedOrganizationPolicyInputList.${depth + 1}.${index + 1}`
      return { name, sourceId: name, document }
    }),
  )
}
