import type { Decision } from '../../src/permissions/decision.js'
import { evaluate } from '../../src/permissions/evaluate.js'
import type {
  AccessRequest,
  LayerPolicies,
  PolicyLayers,
  RequestFact,
} from '../../src/permissions/request.js'

export const account = '111122223333'
export const otherAccount = '444455556666'
export const queueArn = `arn:aws:sqs:us-east-1:${account}:orders`
export const keyArn = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
export const roleArn = `arn:aws:iam::${account}:role/service-role/worker-role`
export const sessionArn = `arn:aws:sts::${account}:assumed-role/worker-role/worker`
export const rootArn = `arn:aws:iam::${account}:root`

export const allowAll = [{ Effect: 'Allow', Action: '*', Resource: '*' }]

/** One policy as its statements, in the version with variables. */
export function policy(statements: unknown, name = 'policy'): LayerPolicies {
  return [{ name, document: { Version: '2012-10-17', Statement: statements } }]
}

/** Asks whether the execution role may receive from its queue, unless `request` says otherwise. */
export function ask(layers: Partial<PolicyLayers>, request: Partial<AccessRequest> = {}): Decision {
  const defaults: AccessRequest = {
    principal: { kind: 'assumed-role', roleArn, account },
    action: 'sqs:ReceiveMessage',
    resource: queueArn,
    facts: {},
  }
  return evaluate({ ...defaults, ...request }, { identity: [], ...layers })
}

/** What a Condition comes to: an Allow with it is the only statement there is. */
export function askCondition(
  condition: unknown,
  facts: Readonly<Record<string, RequestFact>>,
): 'holds' | 'fails' | 'open' {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition }
  const { verdict } = ask({ identity: policy(statement) }, { facts })
  return verdict === 'allowed' ? 'holds' : verdict === 'denied' ? 'fails' : 'open'
}
