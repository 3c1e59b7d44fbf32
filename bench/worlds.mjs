// Sandboxes that are filled from inside, in a process of their own: over HTTP a world of 10,000 mappings would take
// longer to fill than to audit.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Runs a script that starts a sandbox and prints one line of JSON about it when it is ready.
 * @param {string} contents a module of TypeScript, with imports relative to the root of the project
 */
export async function startWorld(contents) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-world-'))
  const file = join(folder, 'world.mjs')
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
    logLevel: 'error',
    define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/support')) },
  })
  const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const line = () =>
    new Promise((resolve, reject) => {
      child.stdout.once('data', (data) => resolve(JSON.parse(String(data))))
      child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)))
    })
  const ready = await line()
  return {
    ready,
    /** What the script prints when it is sent SIGUSR2. */
    tell: () => {
      child.kill('SIGUSR2')
      return line()
    },
    stop: () => {
      child.kill('SIGTERM')
      rmSync(folder, { recursive: true })
    },
  }
}
