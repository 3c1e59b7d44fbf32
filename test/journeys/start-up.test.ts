import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bin } from '../support/run-command.js'

test('--version and --help load one small file, and nothing of what runs commands', () => {
  const entry = readFileSync(join(dirname(bin), '../dist/main.cjs'), 'utf8')
  expect(entry.length).toBeLessThan(5_000)
  // Whatever else there is comes in by the one import that commands need.
  expect(entry.match(/\b(?:require|import)\(\s*["'][^"']+["']\s*\)/g)).toEqual([
    'require("./run-process.cjs")',
  ])
  expect(entry).toMatch(/\.then\(\(\)=>[^;]*require\("\.\/run-process\.cjs"\)/)
})

test('completing a word loads one file, which reads nothing but the configuration and the journal', () => {
  const entry = readFileSync(join(dirname(bin), '../dist/complete.cjs'), 'utf8')
  expect(entry.length).toBeLessThan(80_000)
  const loaded = [...entry.matchAll(/\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g)].map(
    ([, from]) => from,
  )
  expect(new Set(loaded)).toEqual(new Set(['node:fs', 'node:path']))
})
