/** Tries every cell of the fault matrix, and adds up how many were tried and how many passed: by command, and in all. */
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
  const counts = [...said.matchAll(/^matrix: (\w+)\b.*: (\d+) cells tried, (\d+) passed$/gm)]
  /** @param {string} [command] undefined: all of them */
  const tell = (command) => {
    const own = counts.filter(([, name]) => command === undefined || name === command)
    const sum = (/** @type {number} */ place) => own.reduce((total, count) => total + Number(count[place]), 0)
    process.stdout.write(`matrix: ${command ?? 'all'}: ${sum(2)} cells tried, ${sum(3)} passed\n`)
  }
  process.stdout.write('\n')
  for (const command of new Set(counts.map(([, name]) => name))) tell(command)
  tell()
  // Nothing tried is nothing shown.
  process.exitCode = counts.length === 0 ? 1 : (code ?? 1)
})
