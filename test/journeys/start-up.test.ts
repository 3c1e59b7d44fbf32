import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bin } from '../support/run-command.js'

const entry = join(dirname(bin), '../dist/main.js')

/** The files that are loaded with this one, whatever was asked for. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:^|;|\n)import[^(;]*?"(\.\/[^"]+)"/g)) {
    loadedWith(join(dirname(file), path), seen)
  }
  return seen
}

test('--version and --help load the entry, and nothing of what runs commands', () => {
  const files = [...loadedWith(entry)]
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  // The entry itself, with the help in it, and at most the bundler's own helpers.
  expect(files.length, files.join()).toBeLessThanOrEqual(2)
  expect(bytes).toBeLessThan(5_000)
})
