import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { everyCommand, lineOf, startScene } from '../../support/every-command.js'
import { cleanEnv, sqsTrigger } from '../../support/run-command.js'
import { type RanHere, runHere } from '../../support/run-here.js'

/** Each of a kind of its own, so that what is found says where it came from. */
const marks = {
  accessKeyId: 'AKIASANDBOXDEVELOPER',
  secret: 'MARKED-SECRET-wJalrXUtnFEMI',
  sessionToken: 'MARKED-TOKEN-IQoJb3JpZ2lu',
  profileSecret: 'MARKED-PROFILE-SECRET-k7MDENG',
  proxyPassword: 'MARKED-PROXY-PASSWORD',
  body: 'MARKED-BODY-of-a-message',
  signature: 'X-Amz-Signature=',
  authorization: 'AWS4-HMAC-SHA256',
} as const

const home = mkdtempSync(join(tmpdir(), 'sqs-trigger-secrets-'))
afterAll(() => rmSync(home, { recursive: true }))
beforeAll(() => {
  mkdirSync(join(home, '.aws'))
  const keys = `aws_access_key_id = ${marks.accessKeyId}\naws_secret_access_key = ${marks.profileSecret}\n`
  writeFileSync(join(home, '.aws', 'credentials'), `[default]\n${keys}\n[other]\n${keys}`)
})

/** Everything in a folder, as one text. */
function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.aws'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

function requireClean(what: string, text: string, asked: readonly string[] = []) {
  for (const [kind, mark] of Object.entries(marks)) {
    if (!asked.includes(kind)) expect(text.includes(mark), `${what} holds the ${kind}`).toBe(false)
  }
}

const environment = (scene: { readonly env: Readonly<Record<string, string>> }) => ({
  ...cleanEnv,
  ...scene.env,
  AWS_SECRET_ACCESS_KEY: marks.secret,
  AWS_CONFIG_FILE: join(home, '.aws', 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
  HOME: home,
  HTTPS_PROXY: `http://someone:${marks.proxyPassword}@127.0.0.1:1`,
  XDG_STATE_HOME: join(home, 'state'),
  TMPDIR: home,
})

// These show by design what the sandbox is to be called with.
const commands = everyCommand.filter(({ name }) => !['sandbox', 'demo', 'completion'].includes(name))

test.each(commands)('$name shows no secret, however much it is asked to tell', async (command) => {
  const scene = await startScene()
  const env = { ...environment(scene), XDG_STATE_HOME: scene.env.XDG_STATE_HOME }
  const { name, ok, fails, usage, hasJson } = command
  const ran: RanHere[] = []
  const forms = [[], ...(hasJson ? [['--json']] : [])]
  for (const form of forms) {
    for (const words of [ok, fails?.words ?? ok, usage]) {
      const line = lineOf(name, words, '--debug', '--verbose', ...form)
      ran.push(await runHere(line, { ...env, ...(words === ok ? {} : fails?.env) }))
    }
  }
  for (const { stdout, stderr } of ran) {
    requireClean('stdout', stdout)
    requireClean('stderr', stderr)
  }
  requireClean('a file', filesIn(home))
  requireClean('the journal', filesIn(scene.env.XDG_STATE_HOME ?? home))
})

test('temporary credentials, a profile and a message that is sent stay untold', async () => {
  const scene = await startScene()
  const env = environment(scene)
  const body = JSON.stringify({ text: marks.body })
  const profiled = { ...env, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const lines = [
    { args: ['send', 'orders', '--body', body], env },
    { args: ['send', 'orders', '--body', body, '--prove', '--timeout', '20s'], env },
    { args: ['send', 'nowhere', '--body', body], env },
    { args: ['wire', 'spare', 'worker', '--send-test', '--body', body, '--yes', '--timeout', '20s'], env },
    { args: ['list'], env: { ...env, AWS_SESSION_TOKEN: marks.sessionToken } },
    {
      args: ['list'],
      env: { ...env, AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED', AWS_SESSION_TOKEN: marks.sessionToken },
    },
    { args: ['list', '--profile', 'other'], env: profiled },
    { args: ['list', '--profile', 'nobody'], env: profiled },
    { args: ['list', '--endpoint-url', `https://127.0.0.1:1`, '--connect-timeout', '1s'], env },
  ]
  for (const { args, env: own } of lines) {
    for (const form of [[], ['--json']]) {
      const { stdout, stderr } = await runHere([...args, '--debug', '--verbose', ...form], own)
      expect(stdout + stderr).not.toBe('')
      requireClean(`stdout of ${args.join(' ')}`, stdout)
      requireClean(`stderr of ${args.join(' ')}`, stderr)
    }
  }
  requireClean('a file', filesIn(home))
  // Asked for, it is shown.
  const peeked = await runHere(['redrive', 'orders', '--peek', '1', '--json'], env)
  requireClean('a look at messages', peeked.stdout, ['body'])
})

test('a crash tells of no secret', async () => {
  const scene = await startScene()
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-crash-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const breaking = join(state, 'break.mjs')
  const { secret, sessionToken, accessKeyId, proxyPassword } = marks
  const words = [secret, sessionToken, accessKeyId, proxyPassword].join(' and ')
  writeFileSync(breaking, `setTimeout(() => { throw new TypeError(${JSON.stringify(words)}) }, 200)\n`)
  const { stdout, stderr, code } = await sqsTrigger(
    ['wait', 'orders', '--for', 'deleted', '--debug', '--json'],
    {
      env: {
        ...environment(scene),
        AWS_SESSION_TOKEN: sessionToken,
        XDG_STATE_HOME: state,
        NODE_OPTIONS: `--import ${breaking}`,
      },
    },
  )
  expect(code).toBe(1)
  expect(JSON.parse(stdout).error.code).toBe('INTERNAL')
  requireClean('stdout', stdout)
  requireClean('stderr', stderr)
  const logs = filesIn(join(state, 'sqs-trigger'))
  expect(logs).toContain('TypeError')
  requireClean('the crash log', logs)
})
