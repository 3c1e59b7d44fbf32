import { describe, expect, test } from 'vitest'
import { runSteps, type Step, WentBack } from '../../src/wizard/step-machine.js'

interface Answers {
  readonly queue: string
  readonly function: string
  readonly settings: string
  readonly agreed: string
}

const restsOn = { queue: [], function: [], settings: ['queue'], agreed: ['settings', 'function'] } as const

/** Each question is answered from the list; `<` is Esc, `-` an answer that nobody had to be asked for. */
async function run(answers: readonly string[]) {
  const left = [...answers]
  const asked: string[] = []
  const step = <Key extends keyof Answers>(key: Key) => ({
    key,
    restsOn: restsOn[key],
    ask: async (known: Partial<Answers>, first: boolean) => {
      asked.push(`${first ? 'first ' : ''}${key}${known[key] === undefined ? '' : ` was ${known[key]}`}`)
      const answer = left.shift() ?? 'nothing left'
      if (answer === '<') throw new WentBack()
      return { value: answer, asked: answer !== '-' }
    },
  })
  const steps: readonly Step<Answers>[] = [step('queue'), step('function'), step('settings'), step('agreed')]
  const result = await runSteps<Answers>(steps).catch((error: unknown) => error)
  return { result, asked }
}

describe('steps', () => {
  test('are taken in order', async () => {
    const { result, asked } = await run(['orders', 'worker', 'recommended', 'yes'])
    expect(result).toEqual({
      queue: 'orders',
      function: 'worker',
      settings: 'recommended',
      agreed: 'yes',
    })
    expect(asked).toEqual(['first queue', 'function', 'settings', 'agreed'])
  })

  test('Esc goes back, and the same answer keeps what came after it', async () => {
    const { asked } = await run(['orders', 'worker', '<', '<', 'orders', 'worker', 'custom', 'yes'])
    expect(asked).toEqual([
      'first queue',
      'function',
      'settings',
      'function was worker',
      'first queue was orders',
      'function was worker',
      'settings',
      'agreed',
    ])
  })

  test('another answer forgets only what rests on it', async () => {
    const all = ['orders', 'worker', 'custom', '<', '<', '<', 'billing', 'worker', 'recommended', 'yes']
    const { asked, result } = await run(all)
    expect(asked.slice(6)).toEqual(['first queue was orders', 'function was worker', 'settings', 'agreed'])
    expect(result).toMatchObject({ queue: 'billing', settings: 'recommended' })
  })

  test('Esc passes over what nobody was asked for', async () => {
    const { asked } = await run(['orders', '-', 'custom', '<', '<', 'orders', '-', 'custom', 'yes'])
    expect(asked.slice(3, 6)).toEqual(['agreed', 'settings was custom', 'first queue was orders'])
  })

  test('Esc at the first question is for whoever asked for all of them', async () => {
    const { result } = await run(['<'])
    expect(result).toBeInstanceOf(WentBack)
  })

  test('any other failure ends them', async () => {
    const failing: readonly Step<{ readonly queue: string }>[] = [
      { key: 'queue', restsOn: [], ask: async () => Promise.reject(new Error('refused')) },
    ]
    await expect(runSteps(failing)).rejects.toThrow('refused')
  })
})
