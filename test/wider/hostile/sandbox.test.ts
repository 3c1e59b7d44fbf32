import { expect, test } from 'vitest'
import { createFunction, invoke } from '../../sandbox/lambda-fixture.js'
import { startTestSandbox } from '../../support/sandbox.js'

test.each([
  ['of the heap', 'const kept = []; for (;;) kept.push(new Array(100_000).fill(1.5))'],
  [
    'beside the heap',
    `const kept = []
      for (let mb = 0; mb < 4_000; mb += 50) {
        kept.push(Buffer.alloc(50 * 1024 * 1024, 1))
        await new Promise((resolve) => setTimeout(resolve, 100))
      }`,
  ],
])('a handler that takes memory %s without end dies, and the sandbox serves on', async (_where, source) => {
  const sandbox = await startTestSandbox()
  await createFunction(sandbox, {
    source: `export const handler = async () => { ${source} }`,
    timeoutSeconds: 60,
  })
  const { payload } = await invoke(sandbox)
  expect(payload).toMatchObject({ errorType: 'Runtime.ExitError' })
  expect((await fetch(`${sandbox.endpoint}/x`)).status).toBe(404)
})
