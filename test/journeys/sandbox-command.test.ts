import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  expect(env).not.toHaveProperty('AWS_SESSION_TOKEN')
  expect(env).not.toHaveProperty('AWS_ENDPOINT_URL_SQS')
})

test("the command's exit code is handed on", async () => {
  expect((await sqsTrigger(['sandbox', '--', 'sh', '-c', 'exit 42'])).code).toBe(42)
})

test('a command that does not exist: exit 2 and its name', async () => {
  const { code, stderr } = await sqsTrigger(['sandbox', '--', 'no-such-program-here'])
  expect(code).toBe(2)
  expect(stderr).toContain('no-such-program-here')
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
