import type { Journey } from './journey.js'
import type { Screen } from './live-screen.js'

export const enter = '\r'
export const esc = '\u001b'
export const ctrlC = '\u0003'
export const ctrlD = '\u0004'
export const down = '\u001b[B'

/** What a person answers on the way to the step that is left. */
const way: readonly (readonly [question: string, answer: string])[] = [
  ['Queue (2)', `orders${enter}`],
  ['Function (1)', enter],
  ['Settings', enter],
  ['Connect orders to worker', enter],
  ['Send a test message now?', enter],
]

export async function walk(screen: Screen, steps: number) {
  for (const [question, answer] of way.slice(0, steps)) {
    await screen.asks(question)
    screen.type(answer)
  }
  await screen.asks(way[steps]?.[0] ?? '')
}

/** Denies the default caller these actions. */
export async function forbid(journey: Pick<Journey, 'seed'>, ...actions: readonly string[]) {
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: actions, Resource: '*' }],
  })
  const input = { UserName: 'developer', PolicyName: 'forbidden', PolicyDocument }
  await journey.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
}
