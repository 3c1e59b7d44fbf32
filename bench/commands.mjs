// What single commands ask of AWS, of the disk and of memory: calls, round trips in sequence, bytes, megabytes.
import { started } from './started.mjs'

/** @type {Readonly<Record<string, { atMostCalls: number, atMostRoundTrips: number } | undefined>>} */
const budgets = { preflight: { atMostCalls: 10, atMostRoundTrips: 3 } }

/** Added to every call: by how much longer a run takes with the second, its round trips are counted. */
const delaysMs = [100, 500]

export const costed = ['--version', '--help', 'preflight', 'wire', 'list', 'status']

/**
 * @param {string} bin
 * @param {Awaited<ReturnType<typeof import('./sandbox.mjs').startBenchSandbox>>} sandbox
 * @param {string} queue a queue that is free
 */
export async function measureCommands(bin, { endpoint, env, controlKey }, queue) {
  const there = ['--endpoint-url', endpoint]
  /** In this order: what is wired is then listed. */
  const words = [
    ['--version', ['--version']],
    ['--help', ['--help']],
    ['preflight', ['preflight', queue, 'bench', ...there]],
    ['wire', ['wire', queue, 'bench', '--yes', ...there]],
    ['list', ['list', ...there]],
    ['status', ['status', queue, 'bench', ...there]],
  ]
  const rows = []
  for (const [name = '', args = []] of /** @type {[string, string[]][]} */ (words)) {
    // Once for the page cache; of a wire the mapping is there after it, and has to go.
    await started([bin, ...args], env)
    if (name === 'wire') await unwired()
    await control('DELETE', 'calls')
    const quick = await started([bin, ...args], env)
    const { calls } = await control('GET', 'calls')
    const took = []
    for (const ms of delaysMs) {
      if (name === 'wire') await unwired()
      await control('POST', 'faults', { effect: { kind: 'delay', ms } })
      took.push((await started([bin, ...args], env)).ms)
      await control('DELETE', 'faults')
    }
    const [short = 0, long = 0] = took
    const roundTrips = Math.max(0, Math.round((long - short) / 400))
    const { files, kilobytes, megabytes } = quick
    const ms100 = took[0]
    const budget = budgets[name]
    const met = budget && calls.length <= budget.atMostCalls && roundTrips <= budget.atMostRoundTrips
    rows.push({ name, calls: calls.length, roundTrips, ms100, files, kilobytes, megabytes, ...budget, met })
  }
  return rows

  function unwired() {
    return started([bin, 'unwire', queue, 'bench', '--yes', ...there], env)
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async function control(method, path, body) {
    const answer = await fetch(`${endpoint}/_sandbox/${path}`, {
      method,
      headers: { 'x-sandbox-key': controlKey },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
}
