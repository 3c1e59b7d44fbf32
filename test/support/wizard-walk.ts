import { join } from 'node:path'
import { expect } from 'vitest'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { queueSeed } from '../../src/sandbox/seeds.js'
import { type Journey, startJourney } from './journey.js'
import type { Screen } from './live-screen.js'
import { expectSane } from './terminal.js'

export const enter = '\r'
export const esc = '\u001b'
export const ctrlC = '\u0003'
export const ctrlD = '\u0004'
export const down = '\u001b[B'
/** Empties the line that is being typed. */
export const ctrlU = '\u0015'

/**
 * A question that is open, and what is typed then; with a third text, Enter is pressed once that is shown. A text alone
 * is waited for, wherever it stands.
 */
type Turn = string | readonly [question: string, keys: string, shown?: string]

/** What a person sees and does at the screen, in this order. */
export async function talk(screen: Screen, ...turns: readonly Turn[]): Promise<void> {
  for (const turn of turns) {
    if (typeof turn === 'string') {
      await screen.shows(turn)
      continue
    }
    const [question, keys, shown] = turn
    await screen.asks(question)
    screen.type(keys)
    if (shown === undefined) continue
    await screen.shows(shown)
    screen.type(enter)
  }
}

/** What a person answers on the way to the step that is left. */
const way: readonly (readonly [question: string, answer: string])[] = [
  ['Queue (2)', `orders${enter}`],
  ['Function (1)', enter],
  ['Settings', enter],
  ['Connect orders to worker', enter],
  ['Send a test message now?', enter],
]

/** Goes so many steps of the way, and waits for the question of the next. */
export async function walk(screen: Screen, steps: number): Promise<void> {
  await talk(screen, ...way.slice(0, steps))
  await screen.asks(way[steps]?.[0] ?? '')
}

/** From the settings, as they are advised, to the end without a test message. */
export const agreeing = (names: string): readonly Turn[] => [
  ['Settings', enter],
  [`Connect ${names}`, enter],
  ['Send a test message now?', enter],
]

/** The run ends with this code, and leaves a sane terminal behind. */
export async function expectEnd(screen: Screen, code: number): Promise<void> {
  expect(await screen.exited).toBe(code)
  expectSane(screen.raw())
}

/** Presses the key, and sees the run say this and end with 130. */
export async function leave(screen: Screen, key: string, ...said: readonly string[]): Promise<void> {
  screen.type(key)
  await expectEnd(screen, 130)
  await talk(screen, ...said)
}

/** So many queues and functions in all, of which one pair needs nothing to be mended. */
export async function startCrowd(queues: number, functions: number): Promise<Journey> {
  const journey = await startJourney()
  const { world, region, seed } = journey
  const number = (index: number) => String(index).padStart(4, '0')
  await seed(Array.from({ length: queues - 2 }, (_, index) => queueSeed({ name: `team-${number(index)}` })))
  for (let index = 0; index < functions - 1; index++) {
    addFunctionFromFile(world, {
      name: `job-${number(index)}`,
      file: join(import.meta.dirname, '../../src/sandbox/demo-handler.mjs'),
      region,
      roleArn: `arn:aws:iam::${world.account}:role/worker-role`,
    })
  }
  return journey
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
