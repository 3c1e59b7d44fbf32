import type { Clients } from '../aws/clients.js'
import { throttlingNames } from '../aws/throttling.js'

const services = ['sqs', 'lambda', 'iam', 'sts', 'kms', 'logs'] as const

/**
 * The same clients, for planning alone: what was asked once is not sent again, so that a queue, a function or a role
 * that many triggers share is read once. The clients that were given stay as they are: whoever waits for a change has
 * to ask anew.
 */
export function readOnce(clients: Clients): Clients {
  const answers = new Map<string, Promise<unknown>>()
  const kinds = new Map<unknown, number>()
  const wrapped = new WeakMap<object, object>()
  const send =
    (client: Sender) =>
    (command: Command, ...rest: readonly unknown[]): Promise<unknown> => {
      const kind = kinds.get(command.constructor) ?? kinds.size
      kinds.set(command.constructor, kind)
      const key = JSON.stringify([kind, command.input])
      const before = answers.get(key)
      if (before !== undefined) return before
      const answer = client.send(command, ...rest)
      answers.set(key, answer)
      // Who was too fast may ask again.
      answer.catch((error: unknown) => {
        if (error instanceof Error && throttlingNames.test(error.name)) answers.delete(key)
      })
      return answer
    }
  return new Proxy(clients, {
    get: (target, name) => {
      const client: unknown = Reflect.get(target, name)
      if (!services.some((one) => one === name) || !isSender(client)) return client
      // Made anew where a session was renewed.
      const found =
        wrapped.get(client) ??
        new Proxy(client, { get: (of, member) => (member === 'send' ? send(of) : Reflect.get(of, member)) })
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
