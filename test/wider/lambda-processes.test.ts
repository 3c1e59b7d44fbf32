import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { invokeFunction } from '../../src/sandbox/lambda/invoke.js'
import { idle, runningInvocations, stopAll } from '../../src/sandbox/lambda/state.js'
import { createFunction, invoke } from '../sandbox/lambda-fixture.js'
import { startTestSandbox } from '../support/sandbox.js'

const pidOf = 'export const handler = async () => process.pid'

function alive(pid: unknown): boolean {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

describe('handler processes', () => {
  test('are used again when warm, and killed when the sandbox stops', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { source: pidOf })
    const first = await invoke(sandbox)
    const second = await invoke(sandbox)
    expect(second.payload).toBe(first.payload)
    expect(alive(first.payload)).toBe(true)
    await stopAll(sandbox.world.lambda)
    expect(alive(first.payload)).toBe(false)
  })

  test('end when they were idle for long', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, { source: pidOf })
    const { payload } = await invoke(sandbox)
    await sandbox.advance(5 * 60 * 1000)
    await vi.waitFor(() => expect(alive(payload)).toBe(false))
    expect((await invoke(sandbox)).payload).not.toBe(payload)
  })

  test('stop ends an invocation that hangs', async () => {
    const sandbox = await startTestSandbox()
    const arn = await createFunction(sandbox, { source: 'export const handler = async () => { for (;;); }' })
    const running = invokeFunction(sandbox.world, arn, {})
    expect(runningInvocations(sandbox.world.lambda)).toBe(1)
    await stopAll(sandbox.world.lambda)
    expect(await running).toMatchObject({ kind: 'completed', functionError: 'Unhandled' })
    expect(runningInvocations(sandbox.world.lambda)).toBe(0)
  })

  test('more invocations at once than processes wait for one', async () => {
    const sandbox = await startTestSandbox()
    const arn = await createFunction(sandbox, { source: pidOf })
    const all = Array.from({ length: 25 }, () => invokeFunction(sandbox.world, arn, {}))
    expect(runningInvocations(sandbox.world.lambda)).toBe(25)
    const ended = await Promise.all(all)
    expect(ended.every(({ kind }) => kind === 'completed')).toBe(true)
    const pids = new Set(ended.map((end) => end.kind === 'completed' && end.payload))
    expect(pids.size).toBeLessThanOrEqual(10)
    await idle(sandbox.world.lambda)
    expect(runningInvocations(sandbox.world.lambda)).toBe(0)
  })

  test('a handler that eats its memory is ended, and says so', async () => {
    const sandbox = await startTestSandbox()
    await createFunction(sandbox, {
      source:
        'export const handler = async () => { const all = []; for (;;) all.push(Array(1e5).fill({ a: 1 })) }',
    })
    const { payload, log } = await invoke(sandbox)
    expect(payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Error: Runtime exited with error: signal: aborted'),
    })
    expect(log).toContain('Error Type: Runtime.ExitError')
  })

  test.each([
    { what: 'idle', source: 'export const handler = async () => 1' },
    { what: 'busy', source: 'export const handler = async () => { for (;;); }' },
  ])('a process that is $what dies with the sandbox, however that ends', async ({ source }) => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'index.mjs'), source)
    const bootstrap = fileURLToPath(new URL('../../src/sandbox/lambda/bootstrap.mjs', import.meta.url))
    const start = {
      kind: 'start',
      root: folder,
      handler: 'index.handler',
      logFormat: 'Text',
      logLevel: 'INFO',
    }
    const event = { kind: 'invoke', requestId: 'r', payload: '{}', remainingMs: 1000, functionArn: 'a' }
    const parent = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { fork } from 'node:child_process'
       const child = fork(${JSON.stringify(bootstrap)}, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
       child.send(${JSON.stringify({ ...start, logBytes: 1000, responseBytes: 1000 })})
       child.on('message', ({ kind }) => {
         if (kind !== 'ready') return
         child.send(${JSON.stringify(event)}, () => console.log(child.pid))
       })`,
    ])
    const [pid] = await once(parent.stdout, 'data')
    expect(alive(String(pid))).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(alive(String(pid))).toBe(false), { timeout: 10_000 })
  })
})

describe('a function from a file', () => {
  test('runs where it is, and takes its new code when it was edited', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'order.handler.mjs')
    writeFileSync(file, 'export const handler = async () => "one"')
    const sandbox = await startTestSandbox()
    const fn = addFunctionFromFile(sandbox.world, {
      name: 'from-file',
      file,
      roleArn: 'arn:aws:iam::111122223333:role/none',
      region: 'us-east-1',
      timeoutSeconds: 9,
    })
    expect(fn.latest.settings).toMatchObject({ handler: 'order.handler', timeoutSeconds: 9 })
    expect((await invoke(sandbox, 'from-file')).payload).toBe('one')
    writeFileSync(file, 'export const handler = async () => "two"')
    utimesSync(file, new Date(), new Date(Date.now() + 5000))
    expect((await invoke(sandbox, 'from-file')).payload).toBe('two')
  })

  test.each([
    { file: '/nowhere/handler.mjs', message: /ENOENT/ },
    { file: '/etc/hostname', message: /must end in \.mjs, \.js or \.cjs/ },
  ])('refuses $file', async ({ file, message }) => {
    const sandbox = await startTestSandbox()
    const given = { name: 'x', file, roleArn: 'arn:aws:iam::111122223333:role/none', region: 'us-east-1' }
    expect(() => addFunctionFromFile(sandbox.world, given)).toThrow(message)
    expect(sandbox.world.lambda.functions.size).toBe(0)
  })
})
