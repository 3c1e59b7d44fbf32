// A sandbox in its own process, with a fresh pair of queues for every round, so that no round finds the
// mapping of the one before.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * @param {string} bin
 * @param {number} rounds
 */
export async function startBenchSandbox(bin, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-bench-'))
  const handler = join(folder, 'handler.mjs')
  writeFileSync(
    handler,
    'export const handler = async ({ Records }) => { for (const r of Records) console.log(r.messageId) }\n',
  )
  const numbers = Array.from({ length: rounds }, (_, round) => round)
  const queues = ['bench-preflight', ...numbers.flatMap((n) => [`bench-ours-${n}`, `bench-theirs-${n}`])]
  const child = spawn(
    process.execPath,
    [
      ...[bin, 'sandbox', '--instant', '--output', 'ndjson', '--function', `bench=${handler}`],
      ...queues.flatMap((queue) => ['--queue', queue]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ready = await firstLine(child)
  return {
    endpoint: ready.endpoint,
    controlKey: ready.controlKey,
    env: { ...process.env, ...ready.environment },
    /** @param {string} name */
    queueUrl: (name) => ready.queues.find((/** @type {{name: string}} */ queue) => queue.name === name).url,
    /** @param {string} name */
    queueArn: (name) => ready.queues.find((/** @type {{name: string}} */ queue) => queue.name === name).arn,
    stop: () => {
      child.kill('SIGTERM')
      rmSync(folder, { recursive: true })
    },
  }
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} child */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (data) => {
      text += data
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))))
    })
    child.on('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)))
  })
}
