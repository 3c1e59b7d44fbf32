import { defineAction } from '../../define-action.js'
import { requiredText } from '../input.js'
import { pageOf } from '../paging.js'
import { evaluationResults } from '../simulation/answer.js'
import { readExclusions } from '../simulation/exclusions.js'
import { readSimulation } from '../simulation/read-request.js'
import { simulate } from '../simulation/simulate.js'
import type { SimulatedPolicy } from '../simulation/simulation.js'
import { callerOf, sourceEntity } from '../simulation/source-entity.js'
import type { IamState } from '../state.js'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export default defineAction({
  service: 'iam',
  name: 'SimulatePrincipalPolicy',
  decode: (raw) => ({
    sourceArn: requiredText(raw, 'PolicySourceArn'),
    exclusions: readExclusions(raw),
    ...readSimulation(raw),
  }),
  needs: ({ sourceArn }) => [{ action: 'iam:SimulatePrincipalPolicy', resource: sourceArn }],
  run: (input, { world }) => {
    const source = sourceEntity(world.iam, input.sourceArn)
    const caller = callerOf(input.callerArn ?? input.sourceArn)
    const own = source.policies.filter((policy) => !input.exclusions.excludes(policy))
    const boundaryArn = input.exclusions.boundary ? undefined : source.boundaryArn
    const outcomes = simulate({
      caller,
      resourceOwner: input.resourceOwner ?? source.account,
      actions: input.actions,
      resources: input.resources,
      identity: [
        ...own.map(({ name, label, document }) => ({ name, sourceId: label, document })),
        ...input.policyInputs,
      ],
      boundary: input.boundaryInputs.length > 0 ? input.boundaryInputs : boundaryOf(world.iam, boundaryArn),
      scps: [],
      // Resource-based policies are not simulated for roles.
      resourcePolicy: caller.kind === 'assumed-role' ? undefined : input.resourcePolicy,
      context: input.context,
    })
    const { items, end } = pageOf(evaluationResults(outcomes, world.iam.simulatorShape), input.page)
    return { EvaluationResults: items, ...end }
  },
})

function boundaryOf(iam: IamState, arn: string | undefined): readonly SimulatedPolicy[] {
  const policy = arn === undefined ? undefined : iam.policies.get(arn)
  return policy ? [{ name: policy.arn, sourceId: policy.name, document: policy.document }] : []
}
