import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { ordinaryHandler } from '../support/journey.js'
import { sqsTrigger } from '../support/run-command.js'

function handlerFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'handler.mjs')
  writeFileSync(file, ordinaryHandler)
  return file
}

test('sandbox -- sqs-trigger wire, twice: created, then unchanged', async () => {
  const wire = 'sqs-trigger wire orders worker --yes --json'
  const script = `set -e; PATH="$BIN_FOLDER:$PATH"; ${wire}; ${wire}`
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-bin-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const built = join(import.meta.dirname, '../../bin/sqs-trigger.js')
  writeFileSync(join(folder, 'sqs-trigger'), `#!/bin/sh\nexec "${process.execPath}" "${built}" "$@"\n`, {
    mode: 0o755,
  })
  const { code, stdout, stderr } = await sqsTrigger(
    ['sandbox', '--queue', 'orders', '--function', `worker=${handlerFile()}`, '--', 'sh', '-c', script],
    { env: { BIN_FOLDER: folder } },
  )
  expect(code, stderr).toBe(0)
  const outcomes = stdout
    .trim()
    .split(/\n(?=\{)/)
    .map((text) => JSON.parse(text).result.outcome)
  expect(outcomes).toEqual(['created', 'unchanged'])
})

test('this tool itself need not be on PATH inside', async () => {
  const { code, stdout } = await sqsTrigger(['sandbox', '--', 'sqs-trigger', 'list', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ command: 'list', result: { mappings: [] } })
})

test('the command gets the sandbox and nothing of the account outside', async () => {
  const script = 'console.log(JSON.stringify(process.env))'
  const { stdout, code } = await sqsTrigger(['sandbox', '--', process.execPath, '-e', script], {
    env: {
      AWS_PROFILE: 'production',
      SQS_TRIGGER_PROFILE: 'production',
      SQS_TRIGGER_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_SESSION_TOKEN: 'real',
      AWS_ENDPOINT_URL_SQS: 'https://example.com',
    },
  })
  expect(code).toBe(0)
  const env = JSON.parse(stdout)
  expect(env.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(env.AWS_REGION).toBe('us-east-1')
  expect(env.AWS_DEFAULT_REGION).toBe('us-east-1')
  expect(env).not.toHaveProperty('AWS_PROFILE')
  expect(env).not.toHaveProperty('SQS_TRIGGER_PROFILE')
  expect(env).not.toHaveProperty('SQS_TRIGGER_ENDPOINT_URL')
  expect(env).not.toHaveProperty('AWS_SESSION_TOKEN')
  expect(env).not.toHaveProperty('AWS_ENDPOINT_URL_SQS')
})

test('what is written down inside is gone with it, and never stands beside the user’s own', async () => {
  const home = mkdtempSync(join(tmpdir(), 'sqs-trigger-home-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const script = `${JSON.stringify(process.execPath)} "$TOOL" preflight orders worker --fix --yes >&2; printf %s "$XDG_STATE_HOME"; ls "$XDG_STATE_HOME/sqs-trigger/journal" >&2`
  const { code, stdout, stderr } = await sqsTrigger(
    ['sandbox', '--queue', 'orders', '--function', `worker=${handlerFile()}`, '--', 'sh', '-c', script],
    {
      env: { HOME: home, XDG_STATE_HOME: home, TOOL: join(import.meta.dirname, '../../bin/sqs-trigger.js') },
    },
  )
  expect(code, stderr).toBe(0)
  expect(stderr).toMatch(/^\d{8}-\d{6}-[0-9a-f]{4}\.json$/m)
  expect([existsSync(stdout), readdirSync(home)]).toEqual([false, []])
})

test("the command's exit code is handed on", async () => {
  expect((await sqsTrigger(['sandbox', '--', 'sh', '-c', 'exit 42'])).code).toBe(42)
})

test('a command that does not exist: exit 127, as in a shell, and its name as it was typed', async () => {
  const { code, stderr } = await sqsTrigger(['sandbox', '--', 'no-such-program-here'])
  expect(code).toBe(127)
  expect(stderr).toContain('"no-such-program-here" cannot be run: there is no such program.')
})

test.each([
  ['TERM', 143],
  ['KILL', 137],
  ['USR1', 138],
])('a command that is ended by SIG%s: exit %i', async (signal, code) => {
  expect((await sqsTrigger(['sandbox', '--', 'sh', '-c', `kill -${signal} $$`])).code).toBe(code)
})

test('a port that is taken: exit 2 naming it', async () => {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  const { code, stderr } = await sqsTrigger(['sandbox', '--port', String(address.port), '--', 'true'])
  expect(code).toBe(2)
  expect(stderr).toContain(`--port ${address.port} is taken by another program.`)
  expect(stderr).not.toContain('bug')
})

test('the same queue twice is one, and every line of the announcement but the paths fits in 80 columns', async () => {
  const ran = await sqsTrigger(['sandbox', '--queue', 'orders', '--queue', 'orders'], {
    watch: (said, child) => {
      if (said.includes('Stop it with Ctrl-C.')) child.kill('SIGTERM')
    },
  })
  expect(ran.stdout.match(/^queue /gm)).toHaveLength(1)
  for (const line of ran.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('the Region is the one that was asked for', async () => {
  const { stdout } = await sqsTrigger([
    'sandbox',
    '--region',
    'eu-west-1',
    '--',
    'sh',
    '-c',
    'echo $AWS_REGION',
  ])
  expect(stdout).toBe('eu-west-1\n')
})

test('it serves until it is told to stop, and prints what other tools need', async () => {
  let answered: Promise<unknown> | undefined
  const ran = await sqsTrigger(['sandbox', '--queue', 'orders', '--output', 'ndjson'], {
    watch: (said, child) => {
      if (answered || !said.includes('\n')) return
      const { endpoint, environment } = JSON.parse(said.slice(0, said.indexOf('\n')))
      const credentials = {
        accessKeyId: environment.AWS_ACCESS_KEY_ID,
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
      }
      const sqs = new SQSClient({ endpoint, region: environment.AWS_REGION, credentials })
      answered = sqs.send(new ListQueuesCommand({})).finally(() => child.kill('SIGTERM'))
    },
  })
  expect(await answered).toMatchObject({ QueueUrls: [expect.stringMatching(/\/orders$/)] })
  expect(ran.code).toBe(0)
})

test.each([
  ['a function without a file', ['--function', 'worker'], /name=file/],
  ['a file that is not there', ['--function', 'worker=./nowhere.mjs'], /nowhere\.mjs/],
  ['two speeds at once', ['--slow', '--instant'], /--slow.*--instant/],
  ['JSON for a stream', ['--json'], /json/],
])('exit 2: %s', async (_what, args, names) => {
  const { code, stderr, stdout } = await sqsTrigger(['sandbox', ...args])
  expect(code).toBe(2)
  expect(stderr + stdout).toMatch(names)
})
