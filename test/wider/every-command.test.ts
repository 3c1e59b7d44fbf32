import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { everyCommand, lineOf, startScene } from '../support/every-command.js'
import { type Ran, type RunOptions, run, sqsTrigger } from '../support/run-command.js'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sqs-trigger-every-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

/** What makes Node write down where it connects to, and lets nothing leave this machine. */
function recorded() {
  const file = join(folder(), 'connections')
  const preload = join(import.meta.dirname, '../support/record-connections.mjs')
  return {
    env: { CONNECTIONS_FILE: file, NODE_OPTIONS: `--import=${preload}` },
    connections: () => {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
      return [...new Set(lines)]
    },
  }
}

function expectPlain({ stdout, stderr }: Ran): void {
  expect(stdout).not.toContain('\u001b')
  expect(stderr).not.toContain('\u001b')
  expect(stderr).not.toContain('\r')
}

describe('what writes down the connections', () => {
  test.each([
    ['fetch', `await fetch('http://example.com').catch(() => {})`, 'connect example.com:80'],
    [
      'a look-up',
      `import('node:dns').then(({ lookup }) => lookup('example.com', () => {}))`,
      'lookup example.com',
    ],
    [
      'an address',
      `import('node:net').then(({ connect }) => connect(443, '192.0.2.1'))`,
      'connect 192.0.2.1:443',
    ],
  ])('sees %s', async (_what, code, line) => {
    const { env, connections } = recorded()
    await run(process.execPath, ['--input-type=module', '-e', code], { env })
    expect(connections()).toEqual([line])
  })
})

describe.each(everyCommand)('$name', ({ name, command, ok, fails, hasJson }) => {
  const asksAws = command.local !== true
  const form = hasJson ? ['--json'] : []

  test('connects to the endpoint that is configured, and to nothing else', async () => {
    const scene = await startScene()
    const { env, connections } = recorded()
    for (const { words, code, more } of [
      { words: ok, code: 0, more: {} },
      ...(fails ? [{ words: fails.words, code: fails.code, more: fails.env }] : []),
    ]) {
      const ran = await sqsTrigger(lineOf(name, words, ...form), { env: { ...scene.env, ...env, ...more } })
      expect(ran.code, ran.stderr).toBe(code)
      expectPlain(ran)
      if (hasJson) expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: code })
    }
    const hosts = connections()
    if (asksAws) expect(hosts).toEqual([`connect ${new URL(scene.endpoint).host}`])
    else expect(hosts.filter((line) => !/^(connect|lookup) 127\.0\.0\.1(:\d+)?$/.test(line))).toEqual([])
  })

  if (asksAws)
    test('connects to AWS, and to nothing else, where no endpoint is configured', async () => {
      const scene = await startScene()
      const { AWS_ENDPOINT_URL: _endpoint, ...own } = scene.env
      const { env, connections } = recorded()
      const ran = await sqsTrigger(lineOf(name, ok, '--json'), {
        env: { ...own, ...env, AWS_MAX_ATTEMPTS: '1' },
      })
      expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, exitCode: ran.code })
      expect(connections().length).toBeGreaterThan(0)
      const aws = /^connect (sts|sqs|lambda|iam|kms|logs)\.(us-east-1\.)?amazonaws\.com:443$/
      expect(connections().filter((line) => !aws.test(line))).toEqual([])
    })

  if (hasJson)
    test('interrupted by SIGINT: one document, exit 130', async () => {
      const scene = await startScene()
      scene.faults.inject({ effect: { kind: 'hang' } })
      const seen = scene.calls().length
      const TMPDIR = folder()
      const isUnderWay = () => (asksAws ? scene.calls().length > seen : readdirSync(TMPDIR).length > 0)
      const ran = await interrupted(lineOf(name, ok, '--json'), { env: { ...scene.env, TMPDIR } }, isUnderWay)
      expect(ran.code, ran.stderr).toBe(130)
      expectPlain(ran)
      expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 130, error: { code: 'INTERRUPTED' } })
      expect(ran.stderr).not.toBe('')
      expect(readdirSync(TMPDIR)).toEqual([])
    })

  test('with nothing typed behind it and no input it asks nobody, and comes to an end', async () => {
    const { env } = await startScene()
    const started = performance.now()
    const ran = await sqsTrigger([name], {
      env,
      // It serves until it is stopped, as it says.
      watch: (said, child) => {
        if (name === 'sandbox' && said.includes('Stop it with Ctrl-C.')) child.kill('SIGINT')
      },
    })
    expectPlain(ran)
    expect(ran.signal).toBeNull()
    expect(ran.stderr).not.toMatch(/^\? /m)
    // The demo tells its story; nothing else here has anything to wait for.
    if (name !== 'demo') expect(performance.now() - started).toBeLessThan(5_000)
  })
})

test.each([
  ['explain', ['explain', '-']],
  ['send', ['send', 'orders', '--body', '-']],
  ['preflight', ['preflight', 'orders', 'worker', '--sample', '-']],
])('%s, told to read an input that is empty, says so and ends', async (_name, words) => {
  const { env } = await startScene()
  expect(await sqsTrigger(words, { env })).toMatchObject({ code: 2, stdout: '' })
})

/** Runs the built command, and interrupts it once it is under way. */
async function interrupted(
  args: readonly string[],
  options: RunOptions,
  isUnderWay: () => boolean,
): Promise<Ran> {
  const controller = new AbortController()
  const running = sqsTrigger(args, { ...options, interrupt: controller.signal })
  await vi.waitFor(() => expect(isUnderWay()).toBe(true), { timeout: 15_000, interval: 20 })
  controller.abort()
  return running
}
