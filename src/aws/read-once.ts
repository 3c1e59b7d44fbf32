import type { Clients } from './clients.js'
import { throttlingNames } from './connection/throttling.js'

/** Answers by kind of command and what it asks. IAM's hold for the whole account, those of other services for one Region. */
export type Answers = Map<unknown, Map<string, Promise<unknown>>>

const services = ['sqs', 'lambda', 'iam', 'sts', 'kms', 'logs'] as const

/**
 * Clients that send nothing twice: who asks the same again, or at the same time, is given the same answer, failures
 * included. For looking once at many things that share others, never for watching a change. The clients that were given
 * stay as they are. `forgetsThrottled`: who was too fast may ask again; default: that is the answer, too.
 */
export function readOnce(
  clients: Clients,
  answers: Answers,
  { forgetsThrottled = false }: { readonly forgetsThrottled?: boolean } = {},
): Clients {
  const wrapped = new WeakMap<object, object>()
  const remember = (client: Sender, place: string): Sender => {
    const send = (command: Command, ...rest: readonly unknown[]) => {
      const ofKind = answers.get(command.constructor) ?? new Map<string, Promise<unknown>>()
      answers.set(command.constructor, ofKind)
      const key = place + JSON.stringify(command.input)
      const before = ofKind.get(key)
      if (before !== undefined) return before
      const answer = client.send(command, ...rest)
      ofKind.set(key, answer)
      if (forgetsThrottled) {
        answer.catch((error: unknown) => {
          if (error instanceof Error && throttlingNames.test(error.name)) ofKind.delete(key)
        })
      }
      return answer
    }
    // In front of the SDK: it would make a whole stack of middleware even for what is known.
    return new Proxy(client, { get: (of, member) => (member === 'send' ? send : Reflect.get(of, member)) })
  }
  return new Proxy(clients, {
    get: (target, name) => {
      const client: unknown = Reflect.get(target, name)
      if (!services.some((one) => one === name) || !isSender(client)) return client
      // Made anew where a session was renewed.
      const found = wrapped.get(client) ?? remember(client, name === 'iam' ? '' : `${clients.region} `)
      wrapped.set(client, found)
      return found
    },
  })
}

interface Command {
  readonly input: unknown
}

/** The part of an SDK client that is needed here. */
interface Sender {
  send(command: Command, ...rest: readonly unknown[]): Promise<unknown>
}

const isSender = (value: unknown): value is Sender =>
  typeof value === 'object' && value !== null && 'send' in value
