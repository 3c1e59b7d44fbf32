// Measures whole commands beside bare Node and aws-cli on the same sandbox: interleaved rounds, medians and
// ratios. Machines are noisy, so only rows of one run may be compared.
// usage: npm run bench [-- --rounds 10] [--json] [--write]   --write: into docs/performance.md
import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { auditSizes, measureAudit } from './audit.mjs'
import { budgets } from './budgets.mjs'
import { measureCommands } from './commands.mjs'
import { measureInstall, notInstalled } from './install.mjs'
import { performancePage } from './page.mjs'
import { startBenchSandbox } from './sandbox.mjs'
import { measureTarball } from './tarball.mjs'
import { measureWizard } from './wizard.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const bin = join(here, '../bin/sqs-trigger.js')
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const root = join(here, '..')
const rounds = Number(values.rounds)
/** The first rounds warm the page cache and are not counted. */
const warmUp = 2

const sandbox = await startBenchSandbox(bin, rounds + warmUp)
const { endpoint, env } = sandbox

/** @type {Record<string, (round: number) => readonly string[]>} */
const commands = {
  'node -e 0': () => [process.execPath, '-e', '0'],
  '--version': () => [process.execPath, bin, '--version'],
  '--help': () => [process.execPath, bin, '--help'],
  __complete: () => [process.execPath, bin, '__complete', 'bash', 'sqs-trigger', 'wire', '--re'],
  preflight: () => [
    process.execPath,
    bin,
    'preflight',
    'bench-preflight',
    'bench',
    '--endpoint-url',
    endpoint,
  ],
  'aws sqs list-queues': () => ['aws', 'sqs', 'list-queues', '--endpoint-url', endpoint],
  'wire --send-test': (round) => [
    ...[process.execPath, bin, 'wire', `bench-ours-${round}`, 'bench', '--yes', '--send-test'],
    ...['--accept-retries', '--endpoint-url', endpoint],
  ],
  'the same with aws-cli': (round) => {
    const queue = `bench-theirs-${round}`
    const script = join(here, 'wire-with-aws-cli.sh')
    return [script, endpoint, sandbox.queueUrl(queue), sandbox.queueArn(queue), 'bench']
  },
}

/** @type {Map<string, number[]>} */
const times = new Map(Object.keys(commands).map((name) => [name, []]))
/** @type {Awaited<ReturnType<typeof measureCommands>>} */
let costs = []
try {
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const ms = await timed(command(round))
      if (round >= warmUp) times.get(name)?.push(ms)
    }
    process.stderr.write(`round ${round + 1} of ${rounds + warmUp}\n`)
  }
  costs = await measureCommands(bin, sandbox, 'bench-preflight')
} finally {
  sandbox.stop()
}

const rows = [...times].map(([name, all]) => {
  const sorted = all.toSorted((a, b) => a - b)
  return {
    name,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    minMs: sorted[0] ?? 0,
    maxMs: sorted.at(-1) ?? 0,
  }
})
/** @param {string} name */
const median = (name) => rows.find((row) => row.name === name)?.medianMs ?? Number.NaN
const ratios = budgets.map(({ what, against, atMost }) => {
  const ratio = median(what) / median(against)
  return { what, against, ratio: Number(ratio.toFixed(2)), atMost, met: ratio <= atMost }
})
const wizard = await measureWizard(bin, Math.min(3, rounds))
const audits = await measureAudit(bin, auditSizes)
const installs = await measureInstall(root, Math.min(3, rounds))
const report = {
  machine: {
    node: process.version,
    cores: cpus().length,
    rounds,
    date: new Date().toISOString().slice(0, 10),
    awsCli: await versionOfAwsCli(),
  },
  ...{ times: rows, ratios, commands: costs, audits, wizard },
  tarball: measureTarball(root),
  installs,
  skipped: installs.length === 0 ? [notInstalled] : [],
}
if (values.write) writeFileSync(join(root, 'docs/performance.md'), performancePage(report))
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : performancePage(report))

/**
 * Runs one command to its end. A command that fails would look fast, so it ends the measurement.
 * @param {readonly string[]} command
 * @returns {Promise<number>} milliseconds
 */
function timed([program = '', ...args]) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint()
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (data) => (said += data))
    child.stderr.on('data', (data) => (said += data))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Number(process.hrtime.bigint() - started) / 1e6)
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said}`))
    })
  })
}

/** Such as `1.45.62`. */
async function versionOfAwsCli() {
  const { stdout, stderr } = await promisify(execFile)('aws', ['--version'])
  return /aws-cli\/(\S+)/.exec(stdout + stderr)?.[1] ?? 'unknown'
}
