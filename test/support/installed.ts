import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from './run-command.js'

/**
 * Installs packages in a folder of their own, which goes away after the tests of the file. Undefined: the registry
 * cannot be reached; what needs them is skipped, and says so.
 */
export async function installed(...packages: readonly string[]): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-packages-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const words = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]
  // The registry may stand in the settings of whoever runs this.
  const { code } = await run('npm', words, { cwd: folder, env: process.env })
  return code === 0 ? folder : undefined
}
