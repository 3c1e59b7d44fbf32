// What somebody waits for who runs the package by npx for the first time, beside the same package without a bundle:
// its dependencies as npm would install them. Each time with a cache of npm that is new. Both packages lie on this disk,
// so that only their dependencies are fetched.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What cannot be said without a registry. */
export const notInstalled = {
  what: 'npx from a cold cache, beside an unbundled install',
  why: 'The registry of packages did not answer.',
}

export const installed = ['npx, bundled', 'npx, not bundled']

/**
 * @param {string} root
 * @param {number} rounds
 * @returns {Promise<readonly { name: string, medianMs: number, minMs: number, maxMs: number, packages: number, megabytes: number }[]>}
 *   none: the registry did not answer
 */
export async function measureInstall(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-install-'))
  const [bundled = '', apart = ''] = installed
  try {
    const tarballs = {
      [bundled]: await packed(root, folder),
      [apart]: await packed(unbundled(root, folder), folder),
    }
    /** @type {Map<string, Awaited<ReturnType<typeof started>>[]>} */
    const all = new Map(installed.map((name) => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const [name, tarball] of Object.entries(tarballs)) {
        all.get(name)?.push(await started(tarball, join(folder, `cache-${name}-${round}`)))
      }
    }
    return [...all].map(([name, runs]) => {
      const times = runs.map(({ ms }) => ms).toSorted((a, b) => a - b)
      const { packages = 0, megabytes = 0 } = runs[0] ?? {}
      const medianMs = times[Math.floor(times.length / 2)] ?? 0
      return { name, medianMs, minMs: times[0] ?? 0, maxMs: times.at(-1) ?? 0, packages, megabytes }
    })
  } catch (error) {
    process.stderr.write(`${error}\n`)
    return []
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * The same code with what it was bundled from beside it: what the notices name and the project asks for.
 * @param {string} root
 * @param {string} folder
 */
function unbundled(root, folder) {
  const notices = readFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8')
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const dependencies = Object.fromEntries(
    Object.entries(devDependencies).filter(([name, version]) => notices.includes(`${name} ${version}`)),
  )
  const own = join(folder, 'unbundled')
  mkdirSync(own)
  const bin = 'sqs-trigger.js'
  writeFileSync(join(own, bin), '#!/usr/bin/env node\n')
  const about = { name: 'sqs-trigger-unbundled', version: '0.0.0', bin: { 'sqs-trigger': bin }, dependencies }
  writeFileSync(join(own, 'package.json'), JSON.stringify(about))
  return own
}

/**
 * @param {string} from
 * @param {string} folder
 */
async function packed(from, folder) {
  const words = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await run('npm', words, { cwd: from })
  return join(folder, stdout.trim())
}

/**
 * @param {string} tarball
 * @param {string} cache
 */
async function started(tarball, cache) {
  const begun = process.hrtime.bigint()
  const words = ['exec', '--yes', '--cache', cache, '--package', tarball, '--', 'sqs-trigger', '--version']
  await run('npm', words, { cwd: tmpdir(), timeout: 300_000 })
  const ms = Number(process.hrtime.bigint() - begun) / 1e6
  const [project = ''] = readdirSync(join(cache, '_npx'))
  const modules = join(cache, '_npx', project, 'node_modules')
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' })
  const bytes = files.reduce((sum, file) => sum + statSync(join(modules, file)).size, 0)
  return { ms, packages: Object.keys(packages).length, megabytes: Math.round(bytes / 1e5) / 10 }
}
