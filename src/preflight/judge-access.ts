import type { Clients } from '../aws/clients.js'
import { readManagedPolicy, readRolePolicies, readUserPolicies } from '../aws/principal-policies.js'
import { type Simulated, simulate } from '../aws/simulator.js'
import type { Decision } from '../permissions/decision.js'
import { evaluate } from '../permissions/evaluate.js'
import type { AccessRequest, LayerPolicies, PolicyLayers, RequestFacts } from '../permissions/request.js'
import { type AccessQuestion, type PolicyHolder, type Rest, simulatorContext } from './access-question.js'
import { type Fact, known, mapFact, readAsFact, type UnknownFact, unknown } from './fact.js'
import type { Judgement } from './facts.js'
import {
  boundaryRefuses,
  lacksKnownKey,
  nameSimulator,
  openKeys,
  organizationMayRefuse,
  organizationRefuses,
  simulatedLayers,
} from './simulated-layers.js'

export type Answers<Action extends string> = Readonly<Record<Action, Fact<Judgement>>>

/** Answers access questions about one principal; documents are read at most once, and only when needed. */
export type AccessJudge = <Action extends string>(
  question: AccessQuestion<Action>,
) => Promise<Answers<Action>>

type Identity = Pick<PolicyLayers, 'identity' | 'boundary'>

/**
 * Asks in this order: IAM's simulator joined with the resource's own policies; the principal's documents judged
 * here; else unknown. Never throws for a refusal: it becomes part of the answer.
 */
export function judgeAccessOf(clients: Clients, holder: PolicyHolder): AccessJudge {
  const boundary = once(() => readBoundary(clients, holder))
  const documents = once(() => readIdentity(clients, holder, boundary))

  return async (question) => {
    const first = simulateTogether(clients, holder, question)
    const [simulated, { facts: later, unread, ...layers }] = await Promise.all([
      first,
      question.rest ?? noMore,
    ])
    const judgeOne = async (action: (typeof question.actions)[number]): Promise<Fact<Judgement>> => {
      const facts: RequestFacts = { ...question.facts, ...later, ...question.factsOf?.[action] }
      const request = { principal: holder.principal, action, resource: question.resource, facts }
      const simulation = await settleKnownKeys(clients, holder, { simulated, request })
      if (simulation.state === 'absent') return simulation
      const answer = simulation.state === 'known' ? simulation.value : undefined
      const open = answer ? openKeys(answer, facts) : []
      const stand = answer && open.length === 0 ? simulatedLayers(answer) : undefined
      if (answer && stand) {
        const { cap, assumption } = await capBeside(answer, holder, boundary)
        const decision = evaluate(request, { ...layers, ...stand, ...cap })
        return factOf(nameSimulator(decision, answer), 'simulated', { assumption, unread })
      }
      const read = await documents()
      if (read.state === 'absent') return read
      const lastWord = answer && open.length === 0 ? boundaryRefuses(answer) : undefined
      if (answer && lastWord && isIncomplete(read)) {
        const decision = evaluate(request, { ...layers, ...lastWord })
        return factOf(nameSimulator(decision, answer), 'simulated', { assumption: unreadBoundary, unread })
      }
      const identity = read.state === 'known' ? read.value : ({ identity: 'unreadable' } as const)
      const organization = answer && organizationRefuses(answer) ? ({ scps: 'unreadable' } as const) : {}
      const decision = evaluate(request, { ...layers, ...identity, ...organization })
      const gap = whyUnread(simulation, open, gapsIn(read))
      return factOf(decision, 'evaluated', {
        gap: answer && organizationRefuses(answer) ? organizationMayRefuse : gap,
        unread,
      })
    }
    const judged = await Promise.all(
      question.actions.map(async (action) => [action, await judgeOne(action)] as const),
    )
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

/** All actions of the question in one call, with the facts that all of them carry. */
function simulateTogether<Action extends string>(
  clients: Clients,
  holder: PolicyHolder,
  question: AccessQuestion<Action>,
) {
  return readAsFact(simulateFor(clients, holder, question.actions, question))
}

/**
 * The answer for one action. Where a policy asks for a key that only this action carries, or that another read has
 * told since, the simulator is asked again for this action alone: rarely, and only then.
 */
async function settleKnownKeys(
  clients: Clients,
  holder: PolicyHolder,
  about: { readonly simulated: Fact<readonly Simulated[]>; readonly request: AccessRequest },
): Promise<Fact<Simulated>> {
  const { simulated, request } = about
  if (simulated.state !== 'known') return simulated
  const answer = answerFor(simulated.value, request.action)
  if (answer === undefined) return unknown('IAM’s simulator left the action out')
  if (!lacksKnownKey(answer, request.facts)) return known(answer)
  const again = await readAsFact(simulateFor(clients, holder, [request.action], request))
  return mapFact(again, (answers) => answerFor(answers, request.action) ?? answer)
}

function simulateFor(
  clients: Clients,
  holder: PolicyHolder,
  actions: readonly string[],
  { resource, facts }: Pick<AccessRequest, 'resource' | 'facts'>,
) {
  const resources = resource === '*' ? {} : { resources: [resource] }
  return simulate(clients, {
    principalArn: holder.arn,
    actions,
    ...resources,
    context: simulatorContext(facts),
  })
}

/** Never by the resource's name: since 2026-07-30 a template may stand there. One resource was asked about. */
const answerFor = (all: readonly Simulated[], action: string) =>
  all.find((one) => one.action.toLowerCase() === action.toLowerCase())

const noMore: Rest = {}

function factOf(
  decision: Decision,
  certainty: 'simulated' | 'evaluated',
  { gap, assumption, unread }: Doubts,
): Fact<Judgement> {
  const assumptions = [...assumed[certainty], ...(assumption === undefined ? [] : [assumption])]
  if (decision.verdict !== 'unknown') return known({ decision, certainty, assumptions })
  const permission = certainty === 'evaluated' ? 'iam:SimulatePrincipalPolicy' : undefined
  if (unread === undefined || !decision.missing.some((name) => ofResource.test(name)))
    return unknown(gap ?? decision.reason, permission)
  // The same words as for the resource itself: one refused read is one cause.
  return gap === undefined
    ? unknown(unread.reason, unread.permission)
    : unknown(`${gap}, and ${unread.reason}`, permission)
}

interface Doubts {
  readonly unread?: UnknownFact | undefined
  readonly gap?: string | undefined
  readonly assumption?: string | undefined
}

const ofResource = /^policies:(?:resource|key|grant)$/

/** Guardrails that hardly anyone can read; they do not change a verdict, but are said. */
const assumed = {
  simulated: [
    'No resource control policy, session policy or VPC endpoint policy refuses it: IAM’s simulator does not know them.',
  ],
  evaluated: [
    'No service control, resource control, session or VPC endpoint policy refuses it: they cannot be read from here.',
  ],
} as const

/** Why documents could not settle it; undefined: they could all be read. */
function gapsIn(read: Fact<Identity>): string | undefined {
  if (read.state !== 'known') return read.reason
  const { identity, boundary = [] } = read.value
  const policies = [identity, boundary].flatMap((layer) => (layer === 'unreadable' ? [] : layer))
  const gaps = policies
    .filter(({ document }) => document === 'unreadable')
    .map(({ name, why }) => why ?? name)
  const unread = boundary === 'unreadable' ? ['the permissions boundary could not be read'] : []
  const all = [...new Set([...gaps, ...unread])]
  return all.length === 0 ? undefined : all.join(', ')
}

function whyUnread(
  simulated: Fact<unknown>,
  open: readonly string[],
  documents: string | undefined,
): string | undefined {
  if (documents === undefined) return undefined
  if (open.length > 0) return `IAM’s simulator says that it depends on ${open.join(', ')}, and ${documents}`
  return simulated.state === 'unknown' ? `${simulated.reason}, and ${documents}` : documents
}

const unreadBoundary =
  'The permissions boundary could not be read: no condition in it turns on what IAM’s simulator was not told.'

/**
 * The simulator judges the boundary too, but lists no condition key of it as missing; so the boundary itself is
 * judged here wherever it can be read.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
async function capBeside(
  answer: Simulated,
  { kind }: PolicyHolder,
  boundary: () => Promise<Boundary>,
): Promise<{ readonly cap: Boundary; readonly assumption?: string }> {
  // Nothing said means that there is none. A role was read anyway; a user would cost a call.
  const silent = answer.allowedByBoundary === undefined
  if (silent && kind === 'user') return { cap: {} }
  const cap = await boundary()
  if (isReadable(cap.boundary)) return { cap }
  return silent ? { cap: {} } : { cap: {}, assumption: unreadBoundary }
}

const isReadable = (policies: LayerPolicies | undefined) =>
  policies !== 'unreadable' && (policies ?? []).every(({ document }) => document !== 'unreadable')

const isIncomplete = (read: Fact<Identity>) =>
  read.state !== 'known' || !isReadable(read.value.identity) || !isReadable(read.value.boundary)

type Boundary = Pick<PolicyLayers, 'boundary'>

async function readIdentity(
  clients: Clients,
  holder: PolicyHolder,
  boundary: () => Promise<Boundary>,
): Promise<Fact<Identity>> {
  const role = holder.kind === 'role'
  const policies = readAsFact<LayerPolicies>(
    role ? readRolePolicies(clients, holder.name) : readUserPolicies(clients, holder.name),
  )
  const [identity, cap] = await Promise.all([policies, boundary()])
  if (identity.state !== 'known') return identity
  return known({ identity: identity.value, ...cap })
}

async function readBoundary(clients: Clients, holder: PolicyHolder): Promise<Boundary> {
  const fact = await holder.boundary()
  if (fact.state !== 'known') return { boundary: 'unreadable' }
  if (fact.value === undefined) return {}
  const read = await readAsFact(readManagedPolicy(clients, fact.value))
  return { boundary: read.state === 'known' ? [read.value] : 'unreadable' }
}

/** The same promise for everyone who asks. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined
  return () => {
    reading ??= read()
    return reading
  }
}
