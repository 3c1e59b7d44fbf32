import { Readable } from 'node:stream'
import { describe, expect, test, vi } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { SqsTriggerError } from '../../src/errors.js'
import { faultsIn, strictValidator } from '../report/json-schema.js'
import { everyCommand, lineOf, startScene, withoutCredentials } from '../support/every-command.js'
import type { Journey } from '../support/journey.js'
import { type RanHere, runHere } from '../support/run-here.js'
import { fakeHost } from './fake-host.js'

const strict = strictValidator()
const interrupted = new SqsTriggerError('INTERRUPTED', 'Interrupted.')

/** Runs a command line with nobody at it; `stop` is given what interrupts it. */
async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  stop?: (stop: () => void) => Promise<void>,
): Promise<RanHere> {
  const controller = new AbortController()
  const running = runHere(argv, env, controller.signal)
  await stop?.(() => controller.abort(interrupted))
  return running
}

/** What holds for every run into pipes, however it ends. */
function expectPlain({ stdout, stderr }: RanHere): void {
  expect(stdout).not.toContain('\u001b')
  expect(stderr).not.toContain('\u001b')
  expect(stderr).not.toContain('\r')
  expect(stderr).not.toMatch(/^\? /m)
}

/** One document that the schema allows, and that says what the exit code says. */
function expectDocument(ended: RanHere) {
  const document = JSON.parse(ended.stdout)
  expect(faultsIn(strict, document)).toEqual([])
  expect(document).toMatchObject({ exitCode: ended.code, ok: ended.code === 0 })
  return document
}

/** The command in text and in JSON, each in a scene of its own; one that has no JSON refuses it, in JSON. */
async function both(
  name: string,
  words: readonly string[],
  { expected, hasJson, env }: { expected: number; hasJson: boolean; env: (scene: Journey) => Journey['env'] },
) {
  const scenes = [await startScene(), await startScene()] as const
  const seeded = scenes[0].calls().length + scenes[1].calls().length
  const [text, json] = await Promise.all([
    run(lineOf(name, words), env(scenes[0])),
    run(lineOf(name, words, '--json'), env(scenes[1])),
  ])
  expectPlain(text)
  expectPlain(json)
  const document = expectDocument(json)
  expect([text.code, json.code], text.stderr + json.stderr).toEqual([expected, hasJson ? expected : 2])
  return {
    text,
    document,
    endpoints: [scenes[0].endpoint, scenes[1].endpoint] as const,
    calls: scenes[0].calls().length + scenes[1].calls().length - seeded,
  }
}

describe.each(everyCommand)('$name', ({ name, command, ok, fails, usage, hasJson }) => {
  const asksAws = command.local !== true

  test(`that succeeds${asksAws ? '' : ', without anybody’s credentials'}`, async () => {
    const { text, document, endpoints } = await both(name, ok, {
      expected: 0,
      hasJson,
      env: asksAws ? ({ env }) => env : withoutCredentials,
    })
    if (!asksAws) return
    expect(text.stderr).toContain(`Endpoint ${endpoints[0]} (not AWS)`)
    expect(document.context).toMatchObject({ endpoint: endpoints[1] })
  })

  if (fails !== null)
    test('that fails', async () => {
      if (fails === null) return
      const env = (scene: Journey) => ({ ...scene.env, ...fails.env })
      const { text, document, endpoints } = await both(name, fails.words, {
        expected: fails.code,
        hasJson,
        env,
      })
      if (hasJson) expect(document.error.message).not.toBe('')
      if (!asksAws) return
      expect(text.stderr).toContain(`Endpoint ${endpoints[0]} (not AWS)`)
      expect(document.context).toMatchObject({ endpoint: endpoints[1] })
    })

  test('that is typed wrongly', async () => {
    const { document, calls } = await both(name, usage, { expected: 2, hasJson, env: ({ env }) => env })
    expect([document.error.code, calls]).toEqual(['USAGE', 0])
  })

  if (asksAws)
    test('without credentials', async () => {
      const { document, calls } = await both(name, ok, { expected: 4, hasJson, env: withoutCredentials })
      expect([document.error.code, calls]).toEqual(['NO_CREDENTIALS', 0])
    })

  if (asksAws)
    test('that tells all it can: plain lines beside the answer', async () => {
      const scene = await startScene()
      const told = await run(lineOf(name, ok, '--verbose', '--debug'), scene.env)
      expectPlain(told)
      expect(told.code).toBe(0)
      expect(told.stderr).toMatch(/GetCallerIdentity/)
    })

  if (asksAws)
    test('interrupted while AWS does not answer', async () => {
      const scene = await startScene()
      scene.faults.inject({ effect: { kind: 'hang' } })
      const seen = scene.calls().length
      const ended = await run(lineOf(name, ok, '--json'), scene.env, async (stop) => {
        await vi.waitFor(() => expect(scene.calls().length).toBeGreaterThan(seen), { timeout: 15_000 })
        stop()
      })
      expectPlain(ended)
      expect(expectDocument(ended)).toMatchObject({ exitCode: 130, error: { code: 'INTERRUPTED' } })
      expect(ended.stderr).toContain('Nothing was changed.')
    })

  test('with nothing typed behind it, and an input that never ends: it does not wait for an answer', async () => {
    const scene = await startScene()
    const seen = scene.calls().length
    const { host, stdout, stderr } = fakeHost([name], { env: scene.env })
    const controller = new AbortController()
    const running = runProgram({ ...host, stdin: new Readable({ read() {} }) }, controller.signal)
    // It serves, or tells its story, without a question.
    if (!asksAws) await vi.waitFor(() => expect(stdout() + stderr()).not.toBe(''), { timeout: 15_000 })
    if (!asksAws) controller.abort(interrupted)
    const code = await running
    expectPlain({ code, stdout: stdout(), stderr: stderr() })
    if (code === 2) expect(scene.calls().length).toBe(seen)
  })
})
