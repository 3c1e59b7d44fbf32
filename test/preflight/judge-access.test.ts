import { ListRolePoliciesCommand } from '@aws-sdk/client-iam'
import { describe, expect, it } from 'vitest'
import type { Rest } from '../../src/preflight/access/access-question.js'
import { allowOrders, judgeOne, policy, queuePolicy, roleArn, type Simulation } from './mocked-iam.js'

describe('what the simulator says, joined with the queue policy', () => {
  it.each<[string, Simulation, Rest, 'allowed' | 'denied' | 'unknown', RegExp]>([
    ['allowed', { decision: 'allowed', matched: 'p' }, {}, 'allowed', /^allowed by identity policies \(p\)$/],
    [
      'allowed, but the queue denies',
      { decision: 'allowed', matched: 'p' },
      queuePolicy('Deny', '*'),
      'denied',
      /^explicit Deny in the queue policy of orders, statement 1 \(Sid S\)$/,
    ],
    ['nothing allows', { decision: 'implicitDeny' }, {}, 'denied', /^no identity policy allows it$/],
    [
      'the queue alone allows',
      { decision: 'implicitDeny' },
      queuePolicy('Allow', { AWS: roleArn }),
      'allowed',
      /^allowed by the queue policy of orders/,
    ],
    [
      'an explicit Deny',
      { decision: 'explicitDeny', matched: 'lock' },
      queuePolicy('Allow', { AWS: roleArn }),
      'denied',
      /^explicit Deny in an identity policy \(lock\)$/,
    ],
    [
      'the boundary stands against it',
      { decision: 'implicitDeny', boundary: false },
      {},
      'denied',
      /permissions boundary does not allow it/,
    ],
    [
      'the boundary caps a grant to the role',
      { decision: 'implicitDeny', boundary: false },
      queuePolicy('Allow', { AWS: roleArn }),
      'denied',
      /boundary/,
    ],
    [
      'Organizations say no, though a policy matched',
      { decision: 'implicitDeny', matched: 'p', organizations: false },
      {},
      'unknown',
      /may be a gap of the simulator/,
    ],
    [
      'Organizations say no, and nothing matched',
      { decision: 'implicitDeny', organizations: false },
      {},
      'unknown',
      /may be a gap of the simulator/,
    ],
    [
      'a queue policy that cannot be read',
      { decision: 'allowed', matched: 'p' },
      { resource: 'unreadable' },
      'unknown',
      /the queue policy could not be read/,
    ],
  ])('%s', async (_, simulation, rest, verdict, reason) => {
    const { fact, mock } = await judgeOne({ simulation }, rest)
    const said =
      fact.state === 'known'
        ? { verdict: fact.value.decision.verdict, reason: fact.value.decision.reason }
        : { verdict: fact.state, reason: fact.reason }
    expect(said).toEqual({ verdict, reason: expect.stringMatching(reason) })
    if (fact.state === 'known')
      expect(fact.value).toMatchObject({
        certainty: 'simulated',
        assumptions: expect.arrayContaining([expect.stringMatching(/^No /)]),
      })
    // Where the boundary or Organizations refuse, the simulator leaves open what the role's own policies say.
    const settles = simulation.organizations !== false && simulation.boundary !== false
    expect(mock.commandCalls(ListRolePoliciesCommand)).toHaveLength(settles ? 0 : 1)
  })

  it.each<[string, Simulation, readonly RegExp[]]>([
    [
      'said nothing of them',
      { decision: 'allowed' },
      [/^No service control, resource control, .* IAM’s simulator said nothing of them\.$/],
    ],
    [
      'said that they allow it',
      { decision: 'allowed', organizations: true },
      [
        /^No resource control policy/,
        /^No service control policy turns on what IAM’s simulator was not told/,
      ],
    ],
  ])('of the policies of Organizations the simulator %s', async (_, simulation, assumed) => {
    const { fact } = await judgeOne({ simulation })
    const assumptions = fact.state === 'known' ? fact.value.assumptions : []
    expect(assumptions).toEqual(assumed.map((one) => expect.stringMatching(one)))
  })

  it('the evidence names the simulator and the policy that it named', async () => {
    const { fact } = await judgeOne({ simulation: { decision: 'allowed', matched: 'worker-policy' } })
    expect(fact).toMatchObject({
      value: { decision: { evidence: [{ layer: 'simulator', policy: 'worker-policy', effect: 'Allow' }] } },
    })
  })
})

describe('a simulation that lacked a condition key', () => {
  const missing: Simulation = { decision: 'allowed', matched: 'p', missing: ['aws:SourceIp'] }

  it('is settled by the documents', async () => {
    const { fact } = await judgeOne({ simulation: missing, documents: [policy(allowOrders)] })
    expect(fact).toMatchObject({
      state: 'known',
      value: { certainty: 'evaluated', decision: { verdict: 'allowed' } },
    })
  })

  it('is unknown when they cannot be read', async () => {
    const { fact } = await judgeOne({ simulation: missing })
    expect(fact).toMatchObject({
      state: 'unknown',
      reason: 'IAM’s simulator says that it depends on aws:SourceIp, and iam:ListRolePolicies was refused',
    })
  })

  it.each([['kms:ViaService'], ['lambda:SourceFunctionArn']])(
    'stands when the request is known not to carry it: %s',
    async (key) => {
      const { fact } = await judgeOne({ simulation: { ...missing, missing: [key] } })
      expect(fact).toMatchObject({ state: 'known', value: { certainty: 'simulated' } })
    },
  )
})

describe('without the simulator', () => {
  it.each<[string, readonly string[], 'allowed' | 'denied']>([
    ['a policy that allows', [policy(), policy(allowOrders)], 'allowed'],
    ['none that does', [policy()], 'denied'],
    ['a Deny', [policy(allowOrders, { Effect: 'Deny', Action: 'sqs:*', Resource: '*' })], 'denied'],
  ])('documents decide: %s', async (_, documents, verdict) => {
    const { fact } = await judgeOne({ simulation: 'refused', documents })
    expect(fact).toMatchObject({ state: 'known', value: { certainty: 'evaluated', decision: { verdict } } })
  })

  it('the boundary is read too', async () => {
    const { fact } = await judgeOne({
      simulation: 'refused',
      documents: [policy(allowOrders)],
      boundary: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
    })
    expect(fact).toMatchObject({
      value: { decision: { verdict: 'denied', evidence: [{ layer: 'boundary' }] } },
    })
  })

  it('nothing readable is unknown, with the permission that would settle it', async () => {
    const { fact } = await judgeOne({ simulation: 'refused' })
    expect(fact).toEqual({
      state: 'unknown',
      reason: 'iam:SimulatePrincipalPolicy was refused, and iam:ListRolePolicies was refused',
      permission: 'iam:SimulatePrincipalPolicy',
      class: 'core',
    })
  })

  it('a Deny in the queue policy is certain all the same', async () => {
    const { fact } = await judgeOne({ simulation: 'refused' }, queuePolicy('Deny', '*'))
    expect(fact).toMatchObject({ state: 'known', value: { decision: { verdict: 'denied' } } })
  })
})
