// Writes the declarations that `import 'sqs-trigger'` needs, and only those: the files that index.d.ts reaches.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

/**
 * @param {string} root
 * @param {string} out
 */
export function publicTypes(root, out) {
  const all = mkdtempSync(join(tmpdir(), 'sqs-trigger-types-'))
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...['-p', join(root, 'tsconfig.types.json'), '--outDir', all],
    ],
    { stdio: 'inherit' },
  )
  for (const file of reachable(join(all, 'index.d.ts'))) {
    const target = join(out, relative(all, file))
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(file, target)
  }
  rmSync(all, { recursive: true })
}

/**
 * @param {string} entry
 * @returns {Set<string>}
 */
function reachable(entry, seen = new Set([entry])) {
  const text = readFileSync(entry, 'utf8')
  for (const [, specifier = ''] of text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
    if (!specifier.startsWith('.')) {
      throw new Error(`the public types must stand alone, but ${entry} imports ${specifier}`)
    }
    const file = join(dirname(entry), specifier.replace(/\.js$/, '.d.ts'))
    if (!seen.has(file)) reachable(file, seen.add(file))
  }
  return seen
}
