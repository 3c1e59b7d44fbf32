// Measures what a person feels in the wizard among 3,000 queues and 3,000 functions: on a real terminal, with a
// sandbox in a process of its own that takes 100 ms for each page of functions.
import { stripVTControlCharacters } from 'node:util'
import { spawn } from '@lydell/node-pty'
import { startWorld } from './worlds.mjs'

/** Milliseconds at most, as promised. */
export const promised = { 'wizard: key to screen': 50, 'wizard: functions after Enter': 300 }

const crowd = `
import { startSandbox } from './src/sandbox/start-sandbox.ts'
import { addFunctionFromFile } from './src/sandbox/lambda/function-from-file.ts'
import { queueSeed } from './src/sandbox/seeds.ts'
const sandbox = await startSandbox({ running: true, startAt: Date.now() })
const { world, region, credentials, endpoint } = sandbox
const number = (index) => String(index).padStart(4, '0')
await sandbox.seed(Array.from({ length: 3000 }, (_, index) => queueSeed({ name: 'team-' + number(index) })))
const roleArn = 'arn:aws:iam::' + world.account + ':role/worker-role'
for (let index = 0; index < 3000; index++) {
  addFunctionFromFile(world, { name: 'job-' + number(index), file: 'src/sandbox/demo-handler.mjs', region, roleArn })
}
sandbox.faults.inject({ service: 'lambda', operation: 'ListFunctions', effect: { kind: 'delay', ms: 100 } })
console.log(JSON.stringify({ endpoint, region, ...credentials }))
`

/**
 * @param {string} bin
 * @param {number} rounds
 * @returns {Promise<readonly { name: string, medianMs: number, minMs: number, maxMs: number, atMostMs?: number }[]>}
 */
export async function measureWizard(bin, rounds) {
  const { ready, stop } = await startWorld(crowd)
  /** @type {Map<string, number[]>} */
  const times = new Map()
  try {
    for (let round = 0; round < rounds; round++) await oneRun(bin, ready, times)
  } finally {
    stop()
  }
  return [...times].map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b)
    const atMostMs = promised[/** @type {keyof typeof promised} */ (name)]
    return {
      name,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
      minMs: sorted[0] ?? 0,
      maxMs: sorted.at(-1) ?? 0,
      ...(atMostMs === undefined ? {} : { atMostMs }),
    }
  })
}

/**
 * @param {string} bin
 * @param {Record<string, string>} ready
 * @param {Map<string, number[]>} times
 */
async function oneRun(bin, ready, times) {
  const env = {
    PATH: process.env.PATH ?? '',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: ready.endpoint ?? '',
    AWS_REGION: ready.region ?? '',
    AWS_ACCESS_KEY_ID: ready.accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: ready.secretAccessKey ?? '',
  }
  const started = performance.now()
  const child = spawn(process.execPath, [bin, 'wire', '--no-color'], { cols: 100, rows: 30, env })
  let fresh = ''
  let look = () => {}
  child.onData((data) => {
    fresh += stripVTControlCharacters(data)
    look()
  })
  /** @param {string} text */
  const shows = (text) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no “${text}”:\n${fresh}`)), 20_000)
      look = () => {
        if (!fresh.includes(text)) return
        clearTimeout(timer)
        look = () => {}
        resolve(undefined)
      }
      look()
    })
  /** @param {string} name @param {number} since */
  const keep = (name, since) => times.set(name, [...(times.get(name) ?? []), performance.now() - since])
  /** @param {string} name @param {string} keys @param {string} shown */
  const timed = async (name, keys, shown) => {
    fresh = ''
    const since = performance.now()
    child.write(keys)
    await shows(shown)
    keep(name, since)
  }

  await shows('❯ team-')
  keep('wizard: start to first list', started)
  await shows('Queue (3,000)')
  for (const [at, key] of [...'team-2987'].entries()) {
    await timed('wizard: key to screen', key, `) ${'team-2987'.slice(0, at + 1)}`)
  }
  await timed('wizard: functions after Enter', '\r', '❯ job-')
  for (const [at, key] of [...'job-00'].entries()) {
    await timed('wizard: key to screen', key, `so far…) ${'job-00'.slice(0, at + 1)}`)
  }
  child.write('\u0015')
  await shows('Function (3,000)')
  keep('wizard: start to all functions', started)
  const ended = new Promise((resolve) => child.onExit(resolve))
  child.write('\u0003')
  await ended
}
