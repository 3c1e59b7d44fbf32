import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deadLetterNameFor } from '../../src/cli/dead-letter-queue.js'
import { runProgram } from '../../src/cli/program.js'
import { startJourney } from '../support/journey.js'
import { fakeHost } from './fake-host.js'

async function journey() {
  const { env, adminCredentials, addQueue, ...rest } = await startJourney()
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-dead-letter-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const AWS_ACCESS_KEY_ID = adminCredentials.accessKeyId
  const run = async (...argv: string[]) => {
    const own = { ...env, AWS_ACCESS_KEY_ID, XDG_STATE_HOME: folder }
    const { host, stdout } = fakeHost([...argv, '--json'], { env: own })
    await runProgram(host, new AbortController().signal)
    return JSON.parse(stdout())
  }
  return { ...rest, addQueue, run }
}

const redrive = (document: { readonly findings: readonly { rule: string; observed: unknown }[] }) =>
  document.findings.find(({ rule }) => rule === 'no-dead-letter-queue')?.observed

describe('wire --dead-letter-queue', () => {
  test('makes one, once, and keeps it', async () => {
    const { run, addQueue } = await journey()
    await addQueue('bare')
    const plan = await run('wire', 'bare', 'worker', '--dead-letter-queue', '--dry-run')
    expect(plan).toMatchObject({
      changed: [],
      result: { repairs: [{ rules: ['no-dead-letter-queue'], outcome: 'planned' }] },
    })

    const wired = await run('wire', 'bare', 'worker', '--dead-letter-queue', '--yes')
    expect(wired).toMatchObject({
      exitCode: 0,
      changed: [
        { action: 'create', type: 'queue' },
        { action: 'set', type: 'queue-attributes' },
        { action: 'create', type: 'event-source-mapping' },
      ],
    })
    expect(redrive(await run('preflight', 'bare', 'worker'))).toMatch(/:bare-dead-letter$/)

    const again = await run('wire', 'bare', 'worker', '--dead-letter-queue', '--yes')
    expect(again).toMatchObject({ exitCode: 0, changed: [], result: { outcome: 'unchanged' } })
    const other = await run('wire', 'bare', 'worker', '--dead-letter-queue=other', '--yes')
    expect(other).toMatchObject({ exitCode: 7, changed: [], error: { code: 'CONFLICT' } })
  })

  test('takes the queue that was named as it is, FIFO or not', async () => {
    const { run, addQueue } = await journey()
    await addQueue('bare.fifo')
    await addQueue('failed.fifo')
    const wired = await run('wire', 'bare.fifo', 'worker', '--dead-letter-queue=failed.fifo', '--yes')
    expect(wired).toMatchObject({ exitCode: 0, changed: [{ action: 'set' }, { action: 'create' }] })
    expect(redrive(await run('preflight', 'bare.fifo', 'worker'))).toMatch(/:failed\.fifo$/)
  })

  test('makes nothing where the wiring itself is blocked', async () => {
    const { run } = await journey()
    const blocked = await run('wire', 'nope', 'worker', '--dead-letter-queue', '--yes')
    expect(blocked).toMatchObject({ exitCode: 5, changed: [] })
  })
})

test.each([
  ['orders-dlq.fifo', 'orders', 'is of another type'],
  ['orders-dlq', 'orders.fifo', 'is of another type'],
  ['arn:aws:sqs:eu-west-1:111122223333:dlq', 'orders', 'takes the name of a queue beside the source'],
])('%s cannot be the dead-letter queue of %s', (given, queue, words) => {
  expect(() => deadLetterNameFor(given, queue)).toThrow(words)
})
