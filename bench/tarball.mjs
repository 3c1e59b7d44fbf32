// The package as it would be published.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @param {string} root */
export function measureTarball(root) {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [{ size, entryCount }] = JSON.parse(said)
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const kilobytes = Math.round(size / 1000)
  return {
    ...{ kilobytes, files: entryCount, dependencies: Object.keys(dependencies).length },
    ...{ atMostKilobytes: 700, met: kilobytes <= 700 },
  }
}
