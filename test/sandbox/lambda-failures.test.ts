import { describe, expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'
import { createFunction, type Invoked, invoke } from './lambda-fixture.js'

const id = '[0-9a-f-]{36}'

describe('a handler that goes wrong', () => {
  test.each([
    {
      what: 'throws',
      files: { 'index.mjs': 'export const handler = async () => { throw new TypeError("no such order") }' },
      payload: { errorType: 'TypeError', errorMessage: 'no such order', trace: expect.any(Array) },
      log: /\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no such order","stack":\["TypeError: no such order",/,
    },
    {
      what: 'throws what is no error',
      files: { 'index.mjs': 'export const handler = async () => { throw "nope" }' },
      payload: { errorType: 'string', errorMessage: 'nope', trace: [] },
      log: /\tERROR\tInvoke Error \t\{"errorType":"Error","errorMessage":"nope"/,
    },
    {
      what: 'calls back with an error',
      files: { 'index.js': 'exports.handler = (event, context, callback) => callback(new Error("late"))' },
      payload: { errorType: 'Error', errorMessage: 'late', trace: expect.any(Array) },
      log: /Invoke Error/,
    },
    {
      what: 'leaves a rejection unhandled',
      files: {
        'index.mjs':
          'export const handler = async () => { Promise.reject(new Error("stray")); await new Promise((r) => setTimeout(r, 5000)) }',
      },
      payload: {
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'Error: stray',
        trace: expect.any(Array),
      },
      log: /\tERROR\tUnhandled Promise Rejection \t\{"errorType":"Runtime.UnhandledPromiseRejection"/,
    },
    {
      what: 'throws outside of the handler',
      files: {
        'index.mjs':
          'export const handler = async () => { setTimeout(() => { throw new Error("later") }, 1); await new Promise((r) => setTimeout(r, 5000)) }',
      },
      payload: { errorType: 'Error', errorMessage: 'later', trace: expect.any(Array) },
      log: /\tERROR\tUncaught Exception \t\{"errorType":"Error","errorMessage":"later"/,
    },
    {
      what: 'exits with a status',
      files: { 'index.mjs': 'export const handler = async () => { console.log("bye"); process.exit(3) }' },
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          new RegExp(`^RequestId: ${id} Error: Runtime exited with error: exit status 3$`),
        ),
      },
      log: /\tINFO\tbye\n[\s\S]*\tStatus: error\tError Type: Runtime\.ExitError\t\n$/,
    },
    {
      what: 'exits as if all were well',
      files: { 'index.mjs': 'export const handler = async () => process.exit(0)' },
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          new RegExp(`^RequestId: ${id} Error: Runtime exited without providing a reason$`),
        ),
      },
      log: /Error Type: Runtime\.ExitError/,
    },
    {
      what: 'waits for nothing',
      files: { 'index.mjs': 'export const handler = () => new Promise(() => {})' },
      payload: expect.objectContaining({ errorType: 'Runtime.NodeJsExit' }),
      log: /END RequestId/,
    },
    {
      what: 'answers more than 6 MB',
      files: { 'index.mjs': 'export const handler = async () => "x".repeat(6291556)' },
      payload: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
      log: /END RequestId/,
    },
    {
      what: 'answers what is no JSON',
      files: { 'index.mjs': 'export const handler = async () => { const a = {}; a.a = a; return a }' },
      payload: expect.objectContaining({ errorType: 'Runtime.JSONStringifyError' }),
      log: /END RequestId/,
    },
  ])('$what', async ({ files, payload, log }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { files })
    const first = await invoke(sandbox)
    expect(first).toMatchObject({ status: 200, functionError: 'Unhandled', payload })
    expect(first.log).toMatch(log)
    // Another invocation is answered in the same way: nothing is stuck.
    expect((await invoke(sandbox)).payload).toEqual(payload)
  })

  test.each([
    {
      what: 'a module that is not there',
      files: { 'index.cjs': 'require("left-pad")' },
      errorType: 'Runtime.ImportModuleError',
      errorMessage: /^Error: Cannot find module 'left-pad'\nRequire stack:\n/,
    },
    {
      what: 'no such file',
      files: { 'other.mjs': '' },
      errorType: 'Runtime.ImportModuleError',
      errorMessage: /^Error: Cannot find module 'index'\nRequire stack:\n/,
    },
    {
      what: 'no such export',
      files: { 'index.mjs': 'export const handle = 1' },
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: /^index\.handler is undefined or not exported$/,
    },
    {
      what: 'no function',
      files: { 'index.mjs': 'export const handler = 1' },
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: /^index\.handler is not a function$/,
    },
    {
      what: 'a syntax error',
      files: { 'index.mjs': 'export const handler = (' },
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: /^SyntaxError: /,
    },
    {
      what: 'an error while loading',
      files: { 'index.mjs': 'throw new RangeError("no table")' },
      errorType: 'RangeError',
      errorMessage: /^no table$/,
    },
  ])('code that does not load: $what', async ({ files, errorType, errorMessage }) => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { files })
    const invoked = await invoke(sandbox)
    expect(invoked).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType, errorMessage: expect.stringMatching(errorMessage), trace: expect.any(Array) },
    })
    expect(invoked.log).toMatch(/^INIT_START /)
    expect(invoked.log).toMatch(/\tundefined\tERROR\tUncaught Exception \t\{"errorType":/)
    expect(invoked.log).toMatch(
      /INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\tError Type: /,
    )
  })

  test('a process that ends while it loads', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { source: 'process.exit(127)' })
    expect((await invoke(sandbox)).payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Error: Runtime exited with error: exit status 127'),
    })
  })
})

describe('timeouts run on the clock of the sandbox', () => {
  test.each([
    { what: 'waits', source: 'export const handler = () => new Promise((r) => setTimeout(r, 60000))' },
    { what: 'keeps the processor busy', source: 'export const handler = async () => { for (;;); }' },
    {
      what: 'leaves a timer and calls back',
      source:
        'export const handler = (event, context, callback) => { setInterval(() => {}, 1000); callback(null, 1) }',
    },
    { what: 'never loads', source: 'setInterval(() => {}, 1000); await new Promise(() => {})', load: true },
  ])('a handler that $what', async ({ source, load = false }) => {
    // No handler here answers: only what is to be loaded needs time of the machine.
    const handlerGrace = load ? { init: 200, invocation: 1000 } : { init: 3000, invocation: 100 }
    const sandbox = await startTestSandbox({ handlerGrace })
    await createFunction(sandbox, { source, timeoutSeconds: 2 })
    const running = invoke(sandbox)
    const { payload, functionError, log } = await movedUntilAnswered(running, () => sandbox.advance(2000))
    expect(functionError).toBe('Unhandled')
    expect(payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(
        new RegExp(`^RequestId: ${id} Error: Task timed out after 2\\.00 seconds$`),
      ),
    })
    expect(log).toMatch(new RegExp(`Z ${id} Task timed out after 2\\.00 seconds\n`))
    expect(log).toMatch(
      load ? /INIT_REPORT [\s\S]*Status: timeout/ : /Duration: 2000\.00 ms[\s\S]*\tStatus: timeout\t\n$/,
    )
  })

  test('moving the clock far does not time out a handler that answers at once', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { timeoutSeconds: 1 })
    const running = invoke(sandbox, 'worker', { fine: true })
    const answered = await movedUntilAnswered(running, () => sandbox.advance(500))
    expect(answered.payload).toEqual({ fine: true })
  })

  test('timers that an async handler leaves behind do not hold it up', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source: 'export const handler = async () => { setInterval(() => {}, 1000); return "done" }',
    })
    expect((await invoke(sandbox)).payload).toBe('done')
    expect((await invoke(sandbox)).payload).toBe('done')
  })
})

/** Moves the clock again and again: how soon the process is there to be timed out depends on the machine. */
async function movedUntilAnswered(running: Promise<Invoked>, move: () => Promise<void>): Promise<Invoked> {
  let answered = false
  const noted = running.finally(() => {
    answered = true
  })
  while (!answered) {
    await move()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return noted
}
