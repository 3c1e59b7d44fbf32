import { clearLine, cursorTo, moveCursor } from 'node:readline'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { OutputFormat } from '../../../src/cli/options/global-options.js'
import { runProgram } from '../../../src/cli/program.js'
import { fakeHost } from '../../cli/fake-host.js'
import { everyCommand } from '../../support/every-command.js'
import { movedTime } from '../matrix/moved-time.js'
import type { Stage } from '../matrix/stage.js'
import { hostileStage } from './hostile-stage.js'
import { type Poison, poisoned } from './poison.js'
import { expectParses, expectSound, type Left } from './sound.js'

let stage: Stage
beforeAll(async () => {
  stage = await hostileStage()
  return () => stage.close()
})

const lines: readonly (readonly string[])[] = [
  ['preflight', 'plain', 'reader', '--all-findings'],
  ['preflight', 'orders', 'evil'],
  ['wire', 'plain', 'reader', '--fix', '--dead-letter-queue', '--dry-run'],
  ['wire', 'plain', 'reader', '--fix', '--send-test', '--accept-retries', '--yes', '--timeout', '5s'],
  ['list'],
  ['audit', '--fail-on', 'never'],
  ['status', 'theirs'],
  ['wait', 'theirs', '--timeout', '5s'],
  ['send', 'theirs', '--prove', '--timeout', '5s'],
  ['logs', 'theirs', '--since', '1h'],
  ['redrive', 'orders', '--peek', '3'],
  ['redrive', 'orders', '--yes', '--timeout', '5s'],
  ['update', 'theirs', '--tag', 'team=shop', '--batch-size', '5', '--yes', '--timeout', '5s'],
  ['disable', 'theirs', '--yes', '--timeout', '5s'],
  ['enable', 'theirs', '--yes', '--timeout', '5s'],
  ['unwire', 'plain', 'reader', '--revoke', '--yes', '--timeout', '5s'],
  ['export', '--format', 'yaml'],
  ['export', '--format', 'cloudformation', '--with', 'queues'],
  ['export', '--format', 'sam'],
  ['export', '--format', 'terraform', '--with', 'queues'],
  ['export', '--format', 'cdk'],
  ['policy', 'theirs', 'worker'],
  ['policy', 'theirs', 'worker', '--format', 'terraform'],
  ['explain', 'no-dead-letter-queue', 'theirs', 'worker'],
  ['quickstart', '--yes', '--timeout', '5s'],
  ['quickstart', '--delete', '--yes', '--timeout', '5s'],
]
const cases = lines.flatMap((line) => {
  const formats: readonly OutputFormat[] = everyCommand.find(({ name }) => name === line[0])?.command
    .formats ?? ['text', 'json']
  return formats.map((format) => ({ line, format }))
})

type How = 'piped' | 'terminal' | 'animated' | 'ascii'

/** Runs a command whose every call is answered so. */
async function run(line: readonly string[], poison: Poison, how: How): Promise<Left> {
  const time = movedTime(stage.sandbox, stage.calls.isStuck)
  const words = [...line, '--no-color', '--no-input', ...(how === 'ascii' ? ['--ascii', '--debug'] : [])]
  const { host, stdout, stderr } = fakeHost(words, {
    env: { ...stage.env, TERM: how === 'animated' ? 'xterm-256color' : 'dumb' },
    terminal: how === 'terminal' || how === 'animated',
    columns: how === 'terminal' ? 40 : 80,
  })
  // What a spinner asks of a terminal beside writing.
  const { stderr: stream } = host
  Object.assign(stream, {
    cursorTo: (column: number) => cursorTo(stream, column),
    moveCursor: (right: number, down: number) => moveCursor(stream, right, down),
    clearLine: (side: -1 | 0 | 1) => clearLine(stream, side),
  })
  try {
    const surroundings = { clock: time.clock, wire: poisoned(time.wire, poison) }
    const code = await time.drive(runProgram({ ...host, surroundings }, new AbortController().signal))
    return { code, stdout: stdout(), stderr: stderr() }
  } finally {
    time.close()
  }
}

const poison = fc.record({
  kind: fc.constantFrom('texts', 'texts', 'shapes', 'bytes'),
  oneIn: fc.constantFrom(2, 6, 20, 60),
  seed: fc.nat(),
})

/** In what an export or a policy is written. */
const languageOf = ([name, ...words]: readonly string[]) =>
  words[words.indexOf('--format') + 1] ?? (name === 'policy' ? 'json' : undefined)

test('whatever AWS answers, every form of every command stays sound', async () => {
  let told = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cases),
      poison,
      fc.constantFrom('piped', 'terminal', 'animated', 'ascii'),
      async ({ line, format }, how, where) => {
        const left = await run([...line, '--output', format], how, format === 'html' ? 'piped' : where)
        const shapeless = how.kind === 'shapes'
        expectSound(format, left, shapeless)
        const language = ['export', 'policy'].includes(line[0] ?? '') ? languageOf(line) : undefined
        if (format === 'text' && language !== undefined) await expectParses(language, left.stdout)
        // What is no answer of AWS at all may be told as a mistake: in the words and with the code of one.
        if (!shapeless) expect(left.stderr).not.toContain('This is a bug')
        if (left.stdout.includes('gnp') || left.stderr.includes('gnp')) told += 1
      },
    ),
    { numRuns: 300 },
  )
  // The words of the others were there to be told.
  expect(told).toBeGreaterThan(50)
})
