import { ListRolePoliciesCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/preflight/fact.js'
import type { Judgement } from '../../src/preflight/facts.js'
import { allowOrders, judgeOne, policy, queuePolicy, roleArn, type Simulation } from './mocked-iam.js'

const said = (fact: Fact<Judgement>) =>
  fact.state === 'known'
    ? [fact.value.decision.verdict, fact.value.decision.reason]
    : [fact.state, fact.reason, fact.state === 'unknown' ? fact.class : undefined]

const byScp: Simulation = { decision: 'implicitDeny', organizations: false }
const byBoundary: Simulation = { decision: 'implicitDeny', boundary: false }
const allowed: Simulation = { decision: 'allowed', matched: 'p' }
const orders = policy(allowOrders)
const logs = policy({ Effect: 'Allow', Action: 'logs:*', Resource: '*' })
const noOrders = policy({ Effect: 'Deny', Action: 'sqs:*', Resource: '*' })

type Row = readonly [
  what: string,
  iam: Parameters<typeof judgeOne>[0],
  said: readonly [verdict: string, reason: RegExp, unknownClass?: string],
]

describe('a denial behind which a boundary or Organizations stand', () => {
  const rows: readonly Row[] = [
    [
      'a service control policy alone',
      { simulation: byScp, unguarded: allowed },
      ['unknown', /^IAM’s simulator says that only a service control policy refuses it/, 'guardrail'],
    ],
    [
      'a service control policy, and nothing allows it',
      { simulation: byScp, unguarded: { decision: 'implicitDeny' } },
      ['denied', /^no identity policy allows it$/],
    ],
    [
      'a boundary alone, its text being there',
      { simulation: byBoundary, unguarded: allowed, boundary: logs },
      ['denied', /^the permissions boundary does not allow it, though the identity policies do$/],
    ],
    [
      'a boundary, and nothing allows it',
      { simulation: byBoundary, unguarded: { decision: 'implicitDeny' }, boundary: logs },
      ['denied', /^neither an identity policy nor the permissions boundary allows it$/],
    ],
    [
      'both, of which the boundary is certain',
      { simulation: { ...byBoundary, organizations: false }, unguarded: allowed, boundary: logs },
      ['denied', /^the permissions boundary does not allow it/],
    ],
    [
      'a Deny of the boundary',
      { simulation: { ...byBoundary, decision: 'explicitDeny' }, unguarded: allowed, boundary: noOrders },
      ['denied', /^explicit Deny in the permissions boundary .*though the identity policies do$/],
    ],
    [
      'an endpoint that knows no exclusion: documents decide',
      { simulation: byBoundary, unguarded: byBoundary, documents: [orders], boundary: logs },
      ['denied', /^the permissions boundary does not allow it$/],
    ],
    [
      'an exclusion that is refused as invalid: documents decide',
      { simulation: byScp, unguarded: 'invalid', documents: [orders] },
      ['unknown', /^IAM’s simulator says that a service control policy refuses it/, 'guardrail'],
    ],
    [
      'an exclusion that is refused, and documents that are too',
      { simulation: byScp, unguarded: 'invalid' },
      ['unknown', /service control policy refuses it.*, and iam:ListRolePolicies was refused$/, 'core'],
    ],
  ]

  it.each(rows)('%s', async (_, iam, [verdict, reason, unknownClass]) => {
    const { fact, mock } = await judgeOne(iam)
    const wanted = [verdict, expect.stringMatching(reason)]
    expect(said(fact)).toEqual(unknownClass === undefined ? wanted : [...wanted, unknownClass])
    const settled = typeof iam.unguarded === 'object' && iam.unguarded !== byBoundary
    // One call more, and no document of the identity where that settled it.
    expect(mock.commandCalls(SimulatePrincipalPolicyCommand)).toHaveLength(2)
    expect(mock.commandCalls(ListRolePoliciesCommand)).toHaveLength(settled ? 0 : 1)
  })

  it.each([
    [byScp, ['scp']],
    [byBoundary, ['permission-boundary']],
    [{ ...byBoundary, organizations: false }, ['scp', 'permission-boundary']],
  ])('%j leaves out what refused, and nothing else', async (simulation, kinds) => {
    const { mock } = await judgeOne({ simulation, unguarded: allowed, boundary: logs })
    const [, second] = mock.commandCalls(SimulatePrincipalPolicyCommand)
    expect(second?.args[0].input.PolicyExclusionList).toEqual(kinds.map((PolicyType) => ({ PolicyType })))
  })

  it.each<Row>([
    [
      'a service control policy, which may be a gap of the simulator',
      { simulation: byScp },
      ['unknown', /^IAM’s simulator says that a service control policy refuses it/, 'guardrail'],
    ],
    [
      'a Deny beside a service control policy',
      { simulation: { ...byScp, decision: 'explicitDeny' } },
      ['unknown', /^IAM’s simulator says that a service control policy refuses it/, 'guardrail'],
    ],
    [
      'a service control policy and a boundary',
      { simulation: { ...byScp, boundary: false } },
      ['unknown', /^IAM’s simulator says that a service control policy refuses it/, 'guardrail'],
    ],
    [
      'a boundary: whose refusal holds, whatever else there is',
      { simulation: byBoundary },
      ['denied', /^the permissions boundary does not allow it$/],
    ],
  ])(
    'nothing more is asked for what was only asked along: %s',
    async (_, iam, [verdict, reason, ofClass]) => {
      const { fact, mock } = await judgeOne({ ...iam, along: true, unguarded: allowed, documents: [orders] })
      const wanted = [verdict, expect.stringMatching(reason)]
      expect(said(fact)).toEqual(ofClass === undefined ? wanted : [...wanted, ofClass])
      expect(mock.commandCalls(SimulatePrincipalPolicyCommand)).toHaveLength(1)
      expect(mock.commandCalls(ListRolePoliciesCommand)).toHaveLength(0)
    },
  )

  it.each<readonly [string, Simulation]>([
    ['allowed', allowed],
    ['no Allow', { decision: 'implicitDeny', boundary: true, organizations: true }],
    ['a Deny', { decision: 'explicitDeny', matched: 'lock' }],
  ])('no call more for %s', async (_, simulation) => {
    const { mock } = await judgeOne({ simulation, unguarded: allowed, boundary: orders })
    expect(mock.commandCalls(SimulatePrincipalPolicyCommand)).toHaveLength(1)
  })
})

describe('sources that contradict each other', () => {
  const rows: readonly Row[] = [
    [
      'the boundary allows it, the simulator says that it does not',
      { simulation: byBoundary, unguarded: allowed, boundary: orders },
      ['unknown', /^sources disagree: IAM’s simulator does not allow sqs:ReceiveMessage/],
    ],
    [
      'there is no boundary, the simulator says that it refuses',
      { simulation: byBoundary, unguarded: allowed },
      ['unknown', /^sources disagree/],
    ],
    [
      'the boundary does not allow it, the simulator says that it does',
      { simulation: { ...allowed, boundary: true }, boundary: logs },
      ['unknown', /^sources disagree: IAM’s simulator allows sqs:ReceiveMessage/],
    ],
    [
      'the documents allow it, the simulator says that a boundary refuses which is not there',
      { simulation: byBoundary, unguarded: 'invalid', documents: [orders] },
      ['unknown', /^sources disagree: IAM’s simulator does not allow/],
    ],
    [
      'the documents deny it, the simulator allows it but for a key that it lacks',
      { simulation: { ...allowed, missing: ['aws:SourceIp'] }, documents: [orders, noOrders] },
      ['unknown', /^sources disagree: IAM’s simulator allows/],
    ],
  ]
  it.each(rows)('%s', async (_, iam, [verdict, reason]) => {
    const { fact } = await judgeOne(iam)
    expect(said(fact)).toEqual([verdict, expect.stringMatching(reason), 'core'])
  })

  it('what hinges on a fact that the simulator was not told is no contradiction', async () => {
    const byTag = policy({ ...allowOrders, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } })
    const tags = { facts: { 'aws:PrincipalTag/team': { state: 'known', values: ['blue'] } } } as const
    const { fact } = await judgeOne({ simulation: byBoundary, unguarded: allowed, boundary: byTag }, tags)
    expect(said(fact)).toEqual(['allowed', expect.stringMatching(/identity polic/)])
  })
})

describe('what the resource’s own policy decides', () => {
  it.each<readonly [string, Simulation, Parameters<typeof queuePolicy>, string | undefined]>([
    ['a Deny beside an Allow of the role', allowed, ['Deny', '*'], 'allowed'],
    ['a Deny beside a role without rights', { decision: 'implicitDeny' }, ['Deny', '*'], 'denied'],
    [
      'no grant, which none is needed of',
      { decision: 'implicitDeny' },
      ['Allow', { AWS: `${roleArn}s` }],
      undefined,
    ],
  ])('%s', async (_, simulation, queue, wanted) => {
    const { fact } = await judgeOne({ simulation }, queuePolicy(...queue))
    if (fact.state !== 'known') throw new Error('it is known')
    expect(fact.value.decision.verdict).toBe('denied')
    const { otherwise } = fact.value
    expect(otherwise?.state === 'known' ? otherwise.value.decision.verdict : undefined).toBe(wanted)
    if (wanted === undefined) expect(fact.value.decision.reason).toBe('no identity policy allows it')
  })
})
