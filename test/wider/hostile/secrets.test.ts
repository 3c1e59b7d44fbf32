import { expect, test } from 'vitest'
import { everyCommand, lineOf } from '../../support/every-command.js'
import { type RanHere, runHere } from '../../support/run-here.js'
import { admin, markedScene, marks, requireClean, requireCleanFiles } from './marked.js'

test('the marks stand where they could be told', async () => {
  const { env, fetched } = await watched()
  await runHere(['audit', '--fail-on', 'never'], { ...env, ...admin })
  const answers = fetched()
  for (const mark of [marks.variable, marks.signature]) expect(answers).toContain(mark)
  await runHere(['redrive', 'orders', '--peek', '1'], { ...env, ...admin })
  expect(fetched()).toContain(marks.body)
})

test.each(everyCommand)('$name shows no secret, however much it is asked to tell', async (command) => {
  const scene = await markedScene()
  const { name, ok, fails, usage, hasJson } = command
  // What the sandbox is to be called with is what it tells; nothing of it works anywhere else.
  const asked = name === 'sandbox' ? (['accessKeyId', 'adminKeyId'] as const) : []
  const ran: RanHere[] = []
  const forms = [[], ...(hasJson ? [['--json']] : [])]
  for (const form of forms) {
    for (const words of [ok, fails?.words ?? ok, usage]) {
      const line = lineOf(name, words, '--debug', '--verbose', ...form)
      ran.push(await runHere(line, { ...scene.env, ...(words === ok ? {} : fails?.env) }))
    }
    if (name !== 'demo')
      ran.push(await runHere(lineOf(name, ok, '--debug', ...form), { ...scene.env, ...admin }))
  }
  for (const { stdout, stderr } of ran) {
    requireClean('stdout', stdout, asked)
    requireClean('stderr', stderr, asked)
  }
  requireCleanFiles(scene)
})

test.each(['junit', 'sarif', 'github', 'markdown', 'mermaid', 'html', 'ndjson'])(
  'an audit as %s shows none',
  async (format) => {
    const scene = await markedScene()
    const env = { ...scene.env, ...admin }
    const line = ['audit', '--output', format, '--all-findings', '--debug']
    const { stdout, stderr } = await runHere(line, env)
    expect(stdout).not.toBe('')
    requireClean('stdout', stdout)
    requireClean('stderr', stderr)
  },
)

test.each(['yaml', 'cloudformation', 'sam', 'terraform', 'cdk'])(
  'an export to %s shows none',
  async (format) => {
    const scene = await markedScene()
    const more = format === 'yaml' ? [] : ['--with', 'queues']
    const { stdout, stderr } = await runHere(['export', '--format', format, ...more, '--debug'], scene.env)
    expect(stdout).toContain('orders')
    requireClean('stdout', stdout)
    requireClean('stderr', stderr)
  },
)

test('temporary credentials, a profile and a message that is sent stay untold', async () => {
  const scene = await markedScene()
  const { env } = scene
  const body = JSON.stringify({ text: marks.body })
  const profiled = { ...env, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const temporary = { ...env, AWS_SESSION_TOKEN: marks.sessionToken }
  const endpoint = `http://someone:${marks.proxyPassword}@127.0.0.1:1`
  const lines = [
    { args: ['send', 'orders', '--body', body], env },
    { args: ['send', 'orders', '--body', body, '--prove', '--timeout', '20s'], env },
    { args: ['send', 'nowhere', '--body', body], env },
    { args: ['wire', 'spare', 'worker', '--send-test', '--body', body, '--yes', '--timeout', '20s'], env },
    { args: ['list'], env: temporary },
    { args: ['list'], env: { ...temporary, AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXPIRED' } },
    { args: ['list', '--profile', 'other'], env: profiled },
    { args: ['list', '--profile', 'nobody'], env: profiled },
    { args: ['list', '--endpoint-url', `https://127.0.0.1:1`, '--connect-timeout', '1s'], env },
    { args: ['list', '--endpoint-url', endpoint], env },
    { args: ['wire', 'orders', '--endpoint-url', endpoint], env },
    { args: ['status', endpoint.replace(/1$/, '1/111122223333/orders')], env },
    { args: ['list'], env: { ...env, AWS_ENDPOINT_URL: endpoint } },
    { args: ['list'], env: { ...env, AWS_ENDPOINT_URL_LAMBDA: `${endpoint}:no` } },
  ]
  for (const { args, env: own } of lines) {
    for (const form of [[], ['--json']]) {
      const { stdout, stderr } = await runHere([...args, '--debug', '--verbose', ...form], own)
      expect(stdout + stderr).not.toBe('')
      requireClean(`stdout of ${args.join(' ')}`, stdout)
      requireClean(`stderr of ${args.join(' ')}`, stderr)
    }
  }
  requireCleanFiles(scene)
  // Asked for, it is shown.
  const peeked = await runHere(['redrive', 'orders', '--peek', '1', '--json'], { ...env, ...admin })
  requireClean('a look at messages', peeked.stdout, ['body'])
  expect(peeked.stdout).toContain(marks.body)
})

/** The scene, and everything that the sandbox answered. */
async function watched() {
  const scene = await markedScene()
  const { createServer, request } = await import('node:http')
  const { onTestFinished } = await import('vitest')
  let answers = ''
  const proxy = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = request(scene.endpoint + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.on('data', (chunk) => {
        answers += String(chunk)
      })
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void proxy.close().closeAllConnections())
  const address = proxy.address()
  const port = typeof address === 'object' ? address?.port : address
  const env = { ...scene.env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }
  return { env, fetched: () => answers }
}
