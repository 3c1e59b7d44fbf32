import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bin, run } from '../support/run-command.js'

test('--version and --help load one small file, and nothing of what runs commands', () => {
  const entry = readFileSync(join(dirname(bin), '../dist/main.cjs'), 'utf8')
  expect(entry.length).toBeLessThan(5_000)
  // Whatever else there is comes in by the one import that commands need.
  expect(entry.match(/\b(?:require|import)\(\s*["'][^"']+["']\s*\)/g)).toEqual([
    'require("./run-process.cjs")',
  ])
  expect(entry).toMatch(/\.then\(\(\)=>[^;]*require\("\.\/run-process\.cjs"\)/)
})

test.each(['--help', '--version'])('%s is answered where nothing but that file is', async (flag) => {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-entry-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const file of ['bin', 'dist/main.cjs', 'package.json'])
    cpSync(join(dirname(bin), '..', file), join(folder, file), { recursive: true })
  const { code, stdout, stderr } = await run(process.execPath, [join(folder, 'bin/sqs-trigger.js'), flag])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$|^ +sqs-trigger wire /m)
})

test('completing a word loads one file, which reads nothing but the configuration and the journal', () => {
  const entry = readFileSync(join(dirname(bin), '../dist/complete.cjs'), 'utf8')
  expect(entry.length).toBeLessThan(80_000)
  const loaded = [...entry.matchAll(/\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g)].map(
    ([, from]) => from,
  )
  expect(new Set(loaded)).toEqual(new Set(['node:fs', 'node:path']))
})
