import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startScene } from '../../support/every-command.js'
import { bin, run } from '../../support/run-command.js'

const root = join(bin, '../..')

/** The built package, to be damaged. */
function copied() {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-vanished-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  return { folder, dist: join(folder, 'dist'), program: join(folder, 'bin/sqs-trigger.js') }
}

/** Removes the files that hold this text. */
function remove(dist: string, text: string) {
  const found = readdirSync(dist, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(dist, entry.name))
    .filter((path) => readFileSync(path, 'utf8').includes(text))
  expect(found).not.toEqual([])
  for (const path of found) rmSync(path)
}

test('a crash of which nothing can tell ends the run all the same', async () => {
  const { folder, dist, program } = copied()
  remove(dist, 'This is a bug in sqs-trigger')
  const breaking = join(folder, 'break.mjs')
  // As soon as somebody listens for it.
  const code = `process.on('newListener', (name) => name === 'uncaughtException' && setImmediate(() => { throw new Error('stray') }))`
  writeFileSync(breaking, code)
  const ran = await run(process.execPath, [program, 'explain', 'no-dead-letter-queue'], {
    env: { NODE_OPTIONS: `--import ${breaking}` },
  })
  expect(ran.code).toBe(1)
  expect(ran.stderr).toContain('The files of sqs-trigger changed while it ran.')
})

test('an update of the package ends the run that it comes into, with one document', async () => {
  const scene = await startScene()
  const { dist, program } = copied()
  let gone = false
  const ran = await run(process.execPath, [program, 'list', '--json', '--debug'], {
    env: { ...scene.env, AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' },
    watch: (said) => {
      if (gone || !said.includes('Region us-east-1')) return
      gone = true
      // What a refusal of AWS means is loaded when it comes.
      for (const entry of readdirSync(dist))
        if (/^(?:translate-error|bug)-/.test(entry)) rmSync(join(dist, entry))
    },
  })
  expect(gone).toBe(true)
  expect(ran.code).toBe(1)
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 1, error: { code: 'INTERNAL' } })
})
