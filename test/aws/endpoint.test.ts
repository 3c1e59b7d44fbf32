import { createServer, type RequestListener } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { queueAddress } from '../../src/arn.js'
import { readCaller } from '../../src/aws/caller-identity.js'
import { createClients } from '../../src/aws/clients.js'
import { readFunction } from '../../src/aws/lambda-function.js'
import { readQueue } from '../../src/aws/queue.js'
import type { ErrorCode } from '../../src/errors.js'

const html = '<html><body>Welcome to the hotel network<br></body></html>'

const servers: readonly (readonly [
  what: string,
  listener: RequestListener,
  code: ErrorCode,
  said: RegExp,
])[] = [
  ['answers HTML', (_, answer) => answer.end(html), 'ENDPOINT_NOT_AWS', /not AWS's protocol \(HTTP 200\)/],
  [
    'fails with HTML that parses as XML',
    (_, answer) => answer.writeHead(503).end('<html><body>Try later</body></html>'),
    'ENDPOINT_NOT_AWS',
    /, http:\/\/127\.0\.0\.1:\d+, answered something that is not AWS's protocol \(HTTP 503\)/,
  ],
  [
    'fails without a body',
    (_, answer) => answer.writeHead(503).end(),
    'ENDPOINT_NOT_AWS',
    /not AWS's protocol \(HTTP 503\)/,
  ],
  [
    'leads somewhere else',
    (_, answer) => answer.writeHead(302, { location: 'http://login.example/' }).end(),
    'ENDPOINT_NOT_AWS',
    /, http:\/\/127\.0\.0\.1:\d+, answered something that is not AWS's protocol \(HTTP 302\)/,
  ],
  ['answers 404 in HTML', (_, answer) => answer.writeHead(404).end(html), 'ENDPOINT_NOT_AWS', /HTTP 404/],
  [
    'cuts the answer short',
    (_, answer) => {
      answer.writeHead(200, { 'content-length': '500' })
      answer.write('{"FunctionName":"wor', () => answer.destroy())
    },
    'ENDPOINT_UNREACHABLE',
    /broke off before the answer was complete/,
  ],
  ['never answers', () => {}, 'ENDPOINT_TIMED_OUT', /did not answer in time/],
  [
    'stops in the middle of the answer',
    (_, answer) => {
      answer.writeHead(200, { 'content-length': '500' })
      answer.write('{"Function')
    },
    'ENDPOINT_TIMED_OUT',
    /did not answer in time/,
  ],
  ['breaks the connection', (request) => request.socket.destroy(), 'ENDPOINT_UNREACHABLE', /broke off/],
]

describe('an endpoint that', () => {
  it.each(servers)('%s', async (_, listener, code, said) => {
    const server = createServer(listener)
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const clients = await clientsOf(await listening(server))
    for (const ask of [
      () => readCaller(clients),
      () => readFunction(clients, { name: 'worker' }),
      () => readQueue(clients, orders),
    ]) {
      const failure = await ask().catch((error: unknown) => error)
      expect(failure).toMatchObject({ code, message: expect.stringMatching(said) })
      expect(failure).toHaveProperty('hint', expect.stringContaining('--endpoint-url'))
    }
  })

  it('refuses connections', async () => {
    const server = createSocketServer()
    const endpoint = await listening(server)
    await new Promise((resolve) => server.close(resolve))
    await expect(readCaller(await clientsOf(endpoint))).rejects.toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      message: expect.stringMatching(/^STS in eu-central-1 cannot be reached: connect ECONNREFUSED/),
    })
  })

  it('answers correctly but empty', async () => {
    const server = createServer((_, answer) => answer.end())
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const clients = await clientsOf(await listening(server))
    await expect(readFunction(clients, { name: 'worker' })).rejects.toMatchObject({
      code: 'ENDPOINT_NOT_AWS',
    })
    await expect(readCaller(clients)).rejects.toMatchObject({ code: 'ENDPOINT_NOT_AWS' })
  })
})

it.each([
  [undefined, 10_000],
  [60_000, 60_000],
])('is waited for: readTimeoutMs %s → %d ms an attempt', async (given, expected) => {
  const server = createServer((_, answer) => answer.end())
  onTestFinished(() => void server.close())
  const clients = await createClients({
    endpointUrl: await listening(server),
    region: 'eu-central-1',
    env: keys,
    ...(given === undefined ? {} : { readTimeoutMs: given }),
  })
  // Its settings are known once it was used.
  await readFunction(clients, { name: 'worker' }).catch(() => undefined)
  const handler: object = clients.lambda.config.requestHandler
  if (!('httpHandlerConfigs' in handler) || typeof handler.httpHandlerConfigs !== 'function') {
    throw new Error('the handler of Node tells its settings')
  }
  expect(handler.httpHandlerConfigs()).toMatchObject({
    requestTimeout: expected,
    socketTimeout: expected,
  })
  server.closeAllConnections()
})

const keys = {
  AWS_ACCESS_KEY_ID: 'AKIA',
  AWS_SECRET_ACCESS_KEY: 's',
  AWS_CONFIG_FILE: '/nowhere',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
}

const orders = queueAddress({
  partition: 'aws',
  region: 'eu-central-1',
  account: '111122223333',
  name: 'orders',
})

function clientsOf(endpointUrl: string) {
  return createClients({
    endpointUrl,
    region: 'eu-central-1',
    connectTimeoutMs: 150,
    readTimeoutMs: 150,
    env: keys,
  })
}

async function listening(server: ReturnType<typeof createSocketServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`
}
