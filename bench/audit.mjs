// What an audit costs against the number of mappings: each with a queue of its own, five to a function, four functions
// to a role, ten queues to a dead-letter queue. Each world has a sandbox of its own, in another process.
import { started } from './started.mjs'
import { startWorld } from './worlds.mjs'

/** Megabytes at most, for 1,000 mappings. */
const atMostMegabytes = 150

export const auditSizes = [10, 100, 1_000, 10_000]

/**
 * @param {string} bin
 * @param {readonly number[]} sizes
 */
export async function measureAudit(bin, sizes) {
  const rows = []
  for (const mappings of sizes) {
    const { ready, tell, stop } = await startWorld(worldOf(mappings))
    try {
      const env = {
        ...process.env,
        AWS_ENDPOINT_URL: ready.endpoint,
        AWS_REGION: ready.region,
        AWS_ACCESS_KEY_ID: ready.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ready.secretAccessKey,
      }
      const { ms, cpuMs, megabytes } = await started([bin, 'audit', '--fail-on', 'never'], env)
      const { calls } = await tell()
      const limit = mappings === 1_000 ? { atMostMegabytes, met: megabytes <= atMostMegabytes } : {}
      rows.push({ mappings, ms, cpuMs, megabytes, calls, ...limit })
    } finally {
      stop()
    }
  }
  return rows
}

/** @param {number} mappings */
const worldOf = (mappings) => `
import { startSandbox } from './src/sandbox/start-sandbox.ts'
import { buildBigWorld } from './test/support/big-world.ts'
const sandbox = await startSandbox({ running: true, startAt: Date.now() })
const functions = ${Math.max(2, mappings / 5)}
await buildBigWorld(sandbox, { mappings: ${mappings}, functions, roles: Math.max(1, Math.round(functions / 4)) })
let calls = 0
Object.assign(sandbox.faults, { take: () => void calls++ })
process.on('SIGUSR2', () => console.log(JSON.stringify({ calls })))
const { endpoint, region, adminCredentials } = sandbox
console.log(JSON.stringify({ endpoint, region, ...adminCredentials }))
`
