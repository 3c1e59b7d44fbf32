import type { Clients } from '../../aws/clients.js'
import type { Simulated } from '../../aws/simulator.js'
import type { RequestFacts } from '../../permissions/request.js'
import type { Fact } from '../fact.js'
import type { Judgement } from '../facts.js'
import type { AccessQuestion, Inquiry, PolicyHolder, Rest } from './access-question.js'
import { type BeginSimulation, beginSimulation, type Simulation, type Told } from './ask-simulator.js'
import { conclude } from './conclude.js'
import { judgeByDocuments, takeItsWord } from './judge-by-documents.js'
import { type Boundary, isReadable, openDocuments, type PrincipalDocuments } from './principal-documents.js'
import {
  boundaryStandIn,
  openKeys,
  organizationMayRefuse,
  organizationRefuses,
  refusingGuards,
  simulatedLayers,
  unreadBoundary,
} from './simulated-layers.js'
import { boundariesDisagree } from './sources-disagree.js'

export type Answers<Action extends string> = Readonly<Record<Action, Fact<Judgement>>>

/** Answers access questions about one principal; documents are read at most once, and only when needed. */
export type AccessJudge = <Action extends string>(
  question: AccessQuestion<Action>,
) => Promise<Answers<Action>>

/**
 * Asks in this order: IAM's simulator joined with the resource's own policies; the principal's documents judged
 * here; else unknown, with its class. Never throws for a refusal: it becomes part of the answer. `onSilence` is called
 * when the simulator says nothing of the principal; `begin` asks it.
 */
export function judgeAccessOf(
  clients: Clients,
  holder: PolicyHolder,
  documents: PrincipalDocuments = openDocuments(clients, holder),
  onSilence: () => void = () => undefined,
  begin: BeginSimulation = beginSimulation,
): AccessJudge {
  return async (question) => {
    const simulation = begin(clients, holder, question)
    const { facts: later, unread, ...layers } = (await question.rest) ?? noMore
    const ofAll: RequestFacts = { ...question.facts, ...later }
    const judgeOne = async (action: (typeof question.actions)[number]): Promise<Fact<Judgement>> => {
      const own = question.factsOf?.[action]
      const facts = own === undefined ? ofAll : { ...ofAll, ...own }
      const request = { principal: holder.principal, action, resource: question.resource, facts }
      const along = question.along?.includes(action) ?? false
      const inquiry: Inquiry = { request, layers, unread, along }
      const told = await simulation.ask(request, along)
      if (told.state === 'absent') return told
      if (told.state === 'unknown') {
        onSilence()
        return judgeByDocuments(inquiry, told, documents)
      }
      const settled = await joinSimulated(inquiry, told.value, { simulation, documents, holder })
      if (settled !== undefined) return settled
      return along ? takeItsWord(inquiry, told.value) : judgeByDocuments(inquiry, told.value, documents)
    }
    const judged = await Promise.all(
      question.actions.map(async (action) => [action, await judgeOne(action)] as const),
    )
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

const noMore: Rest = {}

interface Sources {
  readonly simulation: Simulation
  readonly documents: PrincipalDocuments
  readonly holder: PolicyHolder
}

/**
 * The simulator's word on the identity policies, joined with boundary, queue policy and key policy. undefined: it does
 * not say what the identity policies say.
 */
async function joinSimulated(
  { request, layers, unread, along }: Inquiry,
  told: Told,
  { simulation, documents, holder }: Sources,
): Promise<Fact<Judgement> | undefined> {
  const { answer } = told
  if (openKeys(answer, request.facts).length > 0) return undefined
  const guarded = refusingGuards(answer).length > 0
  const bare = guarded && !along ? await simulation.askUnguarded(request, told) : answer
  const stand = bare && openKeys(bare, request.facts).length === 0 ? simulatedLayers(bare) : undefined
  if (bare === undefined || stand === undefined) return undefined
  const { cap, assumption } = await capBeside({ answer, bare }, holder, documents)
  const disagreement = boundariesDisagree({ request, ...told }, cap)
  if (disagreement !== undefined) return disagreement
  const refused = organizationRefuses(answer)
  return conclude({
    request,
    layers: { ...layers, ...stand, ...cap, ...(refused ? { scps: 'unreadable' as const } : {}) },
    answer: bare,
    assumption,
    gap: refused ? { why: organizationMayRefuse(bare) } : undefined,
    unread,
  })
}

/**
 * The simulator judges the boundary too, but lists no condition key of it as missing; so the boundary itself is
 * judged here wherever it can be read.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
async function capBeside(
  { answer, bare }: { readonly answer: Simulated; readonly bare: Simulated },
  { kind }: PolicyHolder,
  documents: PrincipalDocuments,
): Promise<{ readonly cap: Boundary; readonly assumption?: string }> {
  // Nothing said means that there is none. A role was read anyway; a user would cost a call.
  const silent = answer.allowedByBoundary === undefined
  if (silent && kind === 'user') return { cap: {} }
  const { layer } = await documents.boundary()
  if (isReadable(layer.boundary)) return { cap: layer }
  return silent ? { cap: {} } : { cap: boundaryStandIn(answer, bare), assumption: unreadBoundary }
}
