import { type Around, aroundCalls } from './around-calls.js'
import type { Clients } from './clients.js'

/** Answers by call. IAM's hold for the whole account, those of other services for one Region. */
export type Answers = Map<string, Promise<unknown>>

/**
 * Clients that send no read twice: who asks the same again, or at the same time, is given the same answer, failures
 * included. For looking once at many things that share others, never for watching one change.
 */
export function readOnce(clients: Clients, answers: Answers): Clients {
  const call: Around = ({ service, operation, input }, next) => {
    if (!isRead.test(operation)) return next()
    const place = service === 'iam' ? '' : clients.region
    const key = JSON.stringify([service, place, operation, input])
    const answer = answers.get(key) ?? next().then(withoutResponse)
    answers.set(key, answer)
    return answer
  }
  return aroundCalls(clients, { call })
}

/** The response holds on to its socket and buffers; what is asked for stands beside it. */
const withoutResponse = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'output' in answer ? { output: answer.output } : answer

const isRead = /^(?:Describe|Get|List)/
