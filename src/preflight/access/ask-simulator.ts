import type { Clients } from '../../aws/clients.js'
import { type GuardKind, type Simulated, simulate } from '../../aws/simulator.js'
import type { AccessRequest, RequestFacts } from '../../permissions/request.js'
import { type Fact, known, mapFact, readAsFact, unknown } from '../fact.js'
import { type AccessQuestion, type PolicyHolder, simulatorContext } from './access-question.js'
import { lacksKnownKey, refusingGuards } from './simulated-layers.js'

/** An answer of the simulator, with the facts that it was told. */
export interface Told {
  readonly answer: Simulated
  readonly facts: RequestFacts
}

/** What IAM's simulator says of one question. */
export interface Simulation {
  /** Absent: IAM does not know the principal. `along`: no further call is made for the sake of this action. */
  readonly ask: (request: AccessRequest, along: boolean) => Promise<Fact<Told>>
  /** What it would say without the boundary and the policies of Organizations; undefined: it cannot tell. */
  readonly askUnguarded: (request: AccessRequest, told: Told) => Promise<Simulated | undefined>
}

export type BeginSimulation = (
  clients: Clients,
  holder: PolicyHolder,
  question: AccessQuestion<string>,
) => Simulation

/** Sends the call at once: all actions of the question, with the facts that all of them carry. */
export function beginSimulation<Action extends string>(
  clients: Clients,
  holder: PolicyHolder,
  question: AccessQuestion<Action>,
): Simulation {
  const { resource, facts } = question
  const run = (actions: readonly string[], carried: RequestFacts, without: readonly GuardKind[] = []) =>
    readAsFact(
      simulate(clients, {
        principalArn: holder.arn,
        actions,
        context: simulatorContext(carried),
        ...(resource === '*' ? {} : { resources: [resource] }),
        ...(without.length === 0 ? {} : { without }),
      }),
    )
  const first = run(question.actions, facts)
  // Where another read ends everything first, nobody waits for it any more.
  first.catch(() => undefined)
  let unguarded: ReturnType<typeof run> | undefined
  const runUnguarded = async () => {
    const answers = await first
    const refused =
      answers.state === 'known' ? answers.value.filter((one) => refusingGuards(one).length > 0) : []
    const guards = new Set(refused.flatMap(refusingGuards))
    return run(
      refused.map(({ action }) => action),
      facts,
      [...guards],
    )
  }
  return {
    ask: (request, along) => askFor(first, { request, facts, along }, run),
    askUnguarded: async (request, told) => {
      // One call for all actions that were told the same.
      if (told.facts === facts) unguarded ??= runUnguarded()
      const asked =
        told.facts === facts ? unguarded : run([request.action], told.facts, refusingGuards(told.answer))
      const fact = await asked
      const answer = fact?.state === 'known' ? answerFor(fact.value, request.action) : undefined
      return answer && refusingGuards(answer).length === 0 ? answer : undefined
    },
  }
}

/**
 * The answer for one action. Where a policy asks for a key that only this action carries, or that another read has
 * told since, the simulator is asked again for this action alone: rarely, and only then.
 */
async function askFor(
  first: Promise<Fact<readonly Simulated[]>>,
  about: { readonly request: AccessRequest; readonly facts: RequestFacts; readonly along: boolean },
  run: (actions: readonly string[], facts: RequestFacts) => Promise<Fact<readonly Simulated[]>>,
): Promise<Fact<Told>> {
  const { request, facts, along } = about
  const simulated = await first
  if (simulated.state !== 'known') return simulated
  const answer = answerFor(simulated.value, request.action)
  if (answer === undefined) return unknown('IAM’s simulator left the action out')
  if (along || !lacksKnownKey(answer, request.facts)) return known({ answer, facts })
  const again = await run([request.action], request.facts)
  return mapFact(again, (answers) => {
    const better = answerFor(answers, request.action)
    return better ? { answer: better, facts: request.facts } : { answer, facts }
  })
}

/** Never by the resource's name: since 2026-07-30 a template may stand there. One resource was asked about. */
const answerFor = (all: readonly Simulated[], action: string) =>
  all.find((one) => one.action.toLowerCase() === action.toLowerCase())
