import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { sqsTrigger } from '../support/run-command.js'

/** An endpoint that is there and is not AWS. Each ends with exit 1, in time, and names the endpoint. */
const endpoints: readonly (readonly [string, RequestListener, string])[] = [
  ['never answers', () => {}, 'ENDPOINT_TIMED_OUT'],
  [
    'answers HTML',
    (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>'),
    'ENDPOINT_NOT_AWS',
  ],
  [
    'cuts the answer short',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"EventSourceMappings":[')
      setImmediate(() => response.destroy())
    },
    'ENDPOINT_UNREACHABLE',
  ],
]

test.each(endpoints)('an endpoint that %s', async (_what, listener, code) => {
  const endpoint = await listen(listener)
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_MAX_ATTEMPTS: '1',
  }
  const ran = await sqsTrigger(['list', '--endpoint-url', endpoint, '--read-timeout', '300ms', '--json'], {
    env,
  })
  const { error } = JSON.parse(ran.stdout)
  expect({ exit: ran.code, code: error.code }, ran.stdout).toEqual({ exit: 1, code })
  expect(`${error.message} ${error.hint}`).toContain(endpoint)
})

function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address) resolve(`http://127.0.0.1:${address.port}`)
      else reject(new Error('no port'))
    })
  })
}
