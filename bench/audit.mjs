// What an audit costs against the number of mappings: a queue each, one function, all switched off so that nothing
// polls meanwhile. Each world has a sandbox of its own.
import { spawn } from 'node:child_process'
import { startBenchSandbox } from './sandbox.mjs'

/**
 * @param {string} bin
 * @param {readonly number[]} sizes
 */
export async function measureAudit(bin, sizes) {
  const rows = []
  for (const mappings of sizes) {
    const sandbox = await startBenchSandbox(bin, 0)
    try {
      await fill(sandbox, mappings)
      const { ms, megabytes, calls } = await audited(bin, sandbox)
      rows.push({ mappings, ms, calls, megabytes, msEach: Number((ms / mappings).toFixed(1)) })
    } finally {
      sandbox.stop()
    }
  }
  return rows
}

/**
 * @param {Awaited<ReturnType<typeof startBenchSandbox>>} sandbox
 * @param {number} mappings
 */
async function fill({ endpoint, controlKey, queueArn }, mappings) {
  const region = queueArn('bench-preflight').split(':').slice(0, 5).join(':')
  const steps = Array.from({ length: mappings }, (_, index) => `audit-${index}`).flatMap((name) => [
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: name } },
    {
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
      input: { EventSourceArn: `${region}:${name}`, FunctionName: 'bench', Enabled: false },
    },
  ])
  for (let from = 0; from < steps.length; from += 500) {
    const answer = await fetch(`${endpoint}/_sandbox/seed`, {
      method: 'POST',
      headers: { 'x-sandbox-key': controlKey },
      body: JSON.stringify({ steps: steps.slice(from, from + 500) }),
    })
    if (!answer.ok) throw new Error(`the sandbox refused its seed: ${await answer.text()}`)
  }
}

/**
 * @param {string} bin
 * @param {{ endpoint: string, env: NodeJS.ProcessEnv }} sandbox
 * @returns {Promise<{ ms: number, megabytes: number, calls: number }>}
 */
function audited(bin, { endpoint, env }) {
  const tellsMemory = `process.on('exit', () => process.stderr.write('\\nPEAK ' + process.resourceUsage().maxRSS))`
  const preload = `data:text/javascript,${encodeURIComponent(tellsMemory)}`
  const words = ['audit', '--fail-on', 'never', '--endpoint-url', endpoint, '--query', 'result.summary.calls']
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint()
    const child = spawn(process.execPath, ['--import', preload, bin, ...words], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let said = ''
    child.stdout.on('data', (data) => (out += data))
    child.stderr.on('data', (data) => (said += data))
    child.on('close', (code) => {
      const peak = Number(/PEAK (\d+)/.exec(said)?.[1] ?? Number.NaN)
      const ms = Math.round(Number(process.hrtime.bigint() - started) / 1e6)
      if (code === 0) resolve({ ms, megabytes: Math.round(peak / 1024), calls: Number(out) })
      else reject(new Error(`audit ended with ${code}:\n${said}`))
    })
  })
}
