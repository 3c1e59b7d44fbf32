/** Tries every cell of the fault matrix, and adds up how many were tried and how many passed. */
import { spawn } from 'node:child_process'

const args = [
  'vitest',
  'run',
  '--config',
  'vitest.wider.config.ts',
  'test/wider/matrix',
  ...process.argv.slice(2),
]
const child = spawn('npx', args, {
  env: { ...process.env, MATRIX: 'all' },
  stdio: ['inherit', 'pipe', 'inherit'],
})
let said = ''
child.stdout.setEncoding('utf8').on('data', (text) => {
  said += text
  process.stdout.write(text)
})
child.on('close', (code) => {
  const counts = [...said.matchAll(/(\d+) cells tried, (\d+) passed/g)]
  const sum = (/** @type {number} */ place) =>
    counts.reduce((total, count) => total + Number(count[place]), 0)
  process.stdout.write(`matrix: all: ${sum(1)} cells tried, ${sum(2)} passed\n`)
  process.exitCode = code ?? 1
})
