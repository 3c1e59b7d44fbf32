import { AwsFault } from '../../aws-fault.js'
import type { RawInput } from '../../raw-input.js'
import { checkPolicy } from '../check-policy.js'
import { invalid, objectList, optionalText, textList } from '../input.js'
import { type PageRequest, pageRequest } from '../paging.js'
import type { SimulatedPolicy } from './simulation.js'

export interface SimulationRequest {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly policyInputs: readonly SimulatedPolicy[]
  readonly boundaryInputs: readonly SimulatedPolicy[]
  readonly resourcePolicy: SimulatedPolicy | undefined
  readonly resourceOwner: string | undefined
  readonly callerArn: string | undefined
  readonly context: Readonly<Record<string, readonly string[]>>
  readonly page: PageRequest
}

/** The members that both simulator actions take; limits as in their models. */
export function readSimulation(raw: RawInput): SimulationRequest {
  const resourcePolicy = optionalText(raw, 'ResourcePolicy')
  return {
    actions: readActions(raw),
    resources: readResources(raw),
    policyInputs: readPolicies(raw, 'PolicyInputList'),
    boundaryInputs: readPolicies(raw, 'PermissionsBoundaryPolicyInputList'),
    resourcePolicy: resourcePolicy === undefined ? undefined : readPolicy('ResourcePolicy', resourcePolicy),
    resourceOwner: optionalText(raw, 'ResourceOwner')?.replace(/^arn:[^:]*:iam::(\d{12}):root$/, '$1'),
    callerArn: optionalText(raw, 'CallerArn'),
    context: Object.fromEntries(
      objectList(raw, 'ContextEntries').map((entry) => [
        optionalText(entry, 'ContextKeyName') ?? '',
        textList(entry, 'ContextKeyValues'),
      ]),
    ),
    page: pageRequest(raw),
  }
}

export const invalidInput = (message: string, recorded = true) =>
  new AwsFault('InvalidInput', message, { recorded })

function readActions(raw: RawInput): readonly string[] {
  const actions = textList(raw, 'ActionNames')
  if (actions.length === 0) throw invalid('null', 'ActionNames', 'Member must not be null')
  const bad = actions.find((action) => action.length < 3 || action.length > 128)
  if (bad !== undefined) throw invalid(`'${bad}'`, 'ActionNames', 'Member must have length between 3 and 128')
  const wild = actions.find((action) => /[*?]/.test(action))
  if (wild !== undefined) throw invalidInput(`Action names cannot hold wildcards: ${wild}.`, false)
  return actions
}

function readResources(raw: RawInput): readonly string[] {
  const resources = textList(raw, 'ResourceArns')
  const bad = resources.find(
    (resource) => resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(resource),
  )
  if (bad !== undefined) throw invalidInput(`ResourceNames are not in a valid ARN format: ${bad}.`)
  return resources.includes('*') ? [] : resources
}

function readPolicies(raw: RawInput, member: string): readonly SimulatedPolicy[] {
  return textList(raw, member).map((document, index) => readPolicy(`${member}.${index + 1}`, document))
}

function readPolicy(name: string, document: string): SimulatedPolicy {
  checkPolicy(document, name === 'ResourcePolicy' ? 'resource' : 'identity')
  return { name, sourceId: name, document }
}
