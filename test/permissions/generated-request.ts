import fc from 'fast-check'
import type {
  AccessRequest,
  LayerPolicies,
  PolicyLayers,
  Principal,
  RequestFact,
  RequestFacts,
} from '../../src/permissions/request.js'
import { account, keys, queueArns, roleArn, setKey, setValues } from './generated-condition.js'
import {
  fewLayers,
  layers,
  linkedRole,
  otherAccount,
  rootArn,
  sessionArns,
  userArn,
} from './generated-policies.js'

const contextKey = 'kms:EncryptionContext:aws:sqs:arn'
const contextKeysKey = 'kms:EncryptionContextKeys'

const oneValue = Object.entries(keys).map(([key, { actual }]) => [
  key,
  fc.option(fc.constantFrom(...actual), { freq: 3 }).map((value) => factOf(value === null ? [] : [value])),
])
const facts: fc.Arbitrary<RequestFacts> = fc.record({
  ...Object.fromEntries(oneValue),
  [setKey]: fc.subarray(setValues).map(factOf),
  [contextKey]: fc.constantFrom(...queueArns).map((arn) => factOf([arn])),
  [contextKeysKey]: fc.subarray(['aws:sqs:arn', 'app'], { minLength: 1 }).map(factOf),
})
const factKeys = [...Object.keys(keys), setKey, contextKey, contextKeysKey]

function factOf(values: readonly string[]): RequestFact {
  return values.length === 0 ? { state: 'absent' } : { state: 'known', values }
}

const targets: readonly Pick<AccessRequest, 'action' | 'resource' | 'resourceAccount'>[] = [
  account,
  account,
  otherAccount,
].flatMap((resourceAccount) => [
  {
    action: 'sqs:ReceiveMessage',
    resource: `arn:aws:sqs:us-east-1:${resourceAccount}:orders`,
    resourceAccount,
  },
  { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${resourceAccount}:key/k`, resourceAccount },
])

const principal: fc.Arbitrary<Principal> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...sessionArns).map((sessionArn) => ({
      ...{ kind: 'assumed-role' as const, roleArn, sessionArn, account },
    })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'user' as const, arn: userArn, account }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'root' as const, arn: rootArn, account }) },
  {
    weight: 1,
    arbitrary: fc.constant({
      ...{ kind: 'assumed-role' as const, roleArn: linkedRole, sessionArn: sessionArns[0] ?? '', account },
    }),
  },
)

interface Known {
  readonly request: AccessRequest
  readonly layers: PolicyLayers
}

/** A request of which everything is known, and policies that can all be read. */
export const knownRequest: fc.Arbitrary<Known> = requestWith(fc.oneof(layers, fewLayers))

/** The same, where a single statement decides. */
const plainRequest: fc.Arbitrary<Known> = requestWith(fewLayers)

function requestWith(ofLayers: fc.Arbitrary<PolicyLayers>): fc.Arbitrary<Known> {
  return fc
    .record({ target: fc.constantFrom(...targets), facts, layers: ofLayers, principal })
    .map(({ target, facts, layers, principal }) => {
      const { grants: _, ...withoutGrants } = layers
      // Whether a grant alone serves another account is not documented.
      const isForeign = target.resourceAccount !== account
      return {
        layers: isForeign ? withoutGrants : layers,
        request: { ...target, facts, principal },
      }
    })
}

const layerNames = ['identity', 'boundary', 'session', 'resource', 'scps', 'rcps'] as const

/** The same request as seen by someone who cannot learn some of the facts, nor read some of the policies. */
export const partlyHidden = fc
  .record({
    whole: fc.oneof(knownRequest, plainRequest),
    hiddenKeys: fc.subarray(factKeys, { maxLength: 5 }),
    hiddenLayers: fc.subarray([...layerNames, 'grants'], { maxLength: 2 }),
    hiddenPolicies: fc.subarray([...layerNames], { maxLength: 2 }),
    hidesSession: fc.boolean(),
    hidesNetwork: fc.boolean(),
    hidesAllTags: fc.constantFrom(false, false, true),
  })
  .map(({ whole, hiddenKeys, hiddenLayers, hiddenPolicies, hidesSession, hidesNetwork, hidesAllTags }) => {
    const { request, layers } = whole
    const isHidden = (key: string) => hiddenKeys.includes(key) || (hidesNetwork && key === 'aws:SourceVpce')
    const facts = Object.entries(request.facts)
      .filter(([key]) => !hidesAllTags || !key.startsWith('aws:PrincipalTag/'))
      .map(([key, fact]) => [key, isHidden(key) ? hide(key, fact) : fact])
    const tags = hidesAllTags ? { 'aws:PrincipalTag/*': { state: 'unknown' } } : {}
    const unread = hiddenLayers.map((layer) => [layer, 'unreadable'])
    const { kind, roleArn = '' } = { roleArn: '', ...request.principal }
    const nameless = { kind: 'assumed-role', roleArn, account } as const
    return {
      whole,
      seen: {
        request: {
          ...request,
          principal: hidesSession && kind === 'assumed-role' ? nameless : request.principal,
          facts: { ...Object.fromEntries(facts), ...tags } as RequestFacts,
        },
        layers: {
          ...layers,
          ...Object.fromEntries(hiddenPolicies.map((name) => [name, withOneHidden(layers, name)])),
          ...Object.fromEntries(unread),
        } as PolicyLayers,
      },
    }
  })

/** One policy of the layer, or all of one level, cannot be read. A layer that is not there stays so. */
function withOneHidden(layers: PolicyLayers, name: (typeof layerNames)[number]) {
  if (name === 'scps' || name === 'rcps') {
    const levels = layers[name]
    return Array.isArray(levels) && levels.length > 0 ? ['unreadable', ...levels.slice(1)] : levels
  }
  const policies: LayerPolicies | undefined = layers[name]
  if (policies === undefined || policies === 'unreadable') return policies
  return policies.map((policy, index) => (index === 0 ? { ...policy, document: 'unreadable' } : policy))
}

/** Lambda's own endpoint is a value that no policy names: someone who knows as much calls it foreign. */
function hide(key: string, fact: RequestFact): RequestFact {
  const isLambda = fact.state === 'absent' || (fact.state === 'known' && fact.values.includes('vpce-lambda'))
  return key === 'aws:SourceVpce' && isLambda ? { state: 'foreign' } : { state: 'unknown' }
}
