import { describe, expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'
import { createFunction, invoke } from './lambda-fixture.js'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

describe('handlers run as in Lambda', () => {
  test.each([
    {
      form: 'async, ES module',
      files: { 'index.mjs': 'export const handler = async (event) => ({ got: event.n })' },
    },
    {
      form: 'async, CommonJS',
      files: { 'index.cjs': 'exports.handler = async (event) => ({ got: event.n })' },
    },
    {
      form: 'async, .js without a package.json',
      files: { 'index.js': 'module.exports.handler = async (event) => ({ got: event.n })' },
    },
    {
      form: 'callback',
      files: {
        'index.js':
          'exports.handler = (event, context, callback) => setTimeout(() => callback(null, { got: event.n }), 5)',
      },
    },
    {
      form: 'context.succeed',
      files: { 'index.js': 'exports.handler = (event, context) => context.succeed({ got: event.n })' },
    },
    {
      form: 'default export with the handler in it',
      files: { 'index.mjs': 'export default { handler: async (event) => ({ got: event.n }) }' },
    },
    {
      form: 'in a folder, beside a module that it imports',
      handler: 'src/app.run',
      files: {
        'src/app.mjs':
          "import { got } from './lib.mjs'\nexport const run = async (event) => ({ got: got(event) })",
        'src/lib.mjs': 'export const got = (event) => event.n',
      },
    },
  ])('$form', async ({ files, handler }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { files, ...(handler ? { handler } : {}) })
    expect(await invoke(sandbox, 'worker', { n: 7 })).toMatchObject({
      status: 200,
      functionError: undefined,
      version: '$LATEST',
      payload: { got: 7 },
    })
  })

  test('a handler that is not async and does not call back answers null', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { files: { 'index.js': 'exports.handler = () => "lost"' } })
    expect((await invoke(sandbox)).payload).toBeNull()
  })

  test('a warm environment keeps its state; an update of the configuration starts a new one', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { source: 'let count = 0\nexport const handler = async () => count++' })
    const first = await invoke(sandbox)
    const second = await invoke(sandbox)
    expect([first.payload, second.payload]).toEqual([0, 1])
    expect(first.log).toContain('Init Duration')
    expect(second.log).not.toContain('Init Duration')
  })

  test('the environment holds what Lambda gives, and nothing of the parent', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: 'export const handler = async () => process.env',
      variables: { TABLE: 'orders' },
    })
    const { payload } = await invoke(sandbox)
    expect(payload).toMatchObject({
      TABLE: 'orders',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'worker',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/worker',
      AWS_ENDPOINT_URL: sandbox.endpoint,
      _HANDLER: 'index.handler',
    })
    // vitest sets these in this process.
    expect(Object.keys(Object(payload)).filter((name) => /^(VITEST|HOME|NODE_|npm_)/.test(name))).toEqual([])
  })

  test('context carries the request, the deadline and the client context', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      timeoutSeconds: 20,
      source: `export const handler = async (event, context) => ({
        id: context.awsRequestId, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis(),
        group: context.logGroupName })`,
    })
    const { payload } = await invoke(sandbox)
    expect(payload).toMatchObject({
      id: expect.stringMatching(uuid),
      arn: 'arn:aws:lambda:us-east-1:111122223333:function:worker',
      group: '/aws/lambda/worker',
    })
    const left: unknown = Reflect.get(Object(payload), 'left')
    expect(left).toBeGreaterThan(15_000)
    expect(left).toBeLessThanOrEqual(20_000)
  })

  test('the role session of the handler is known to the sandbox', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: `export const handler = async () => {
        const body = 'Action=GetCallerIdentity&Version=2011-06-15'
        const credential = process.env.AWS_ACCESS_KEY_ID + '/20261123/us-east-1/sts/aws4_request'
        const answer = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body, headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host, Signature=00' } })
        return await answer.text()
      }`,
    })
    expect((await invoke(sandbox)).payload).toContain(
      '<Arn>arn:aws:sts::111122223333:assumed-role/worker-role/worker</Arn>',
    )
  })
})
