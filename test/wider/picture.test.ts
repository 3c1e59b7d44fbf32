import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { drawTerminal, type Frame, type Run } from '../../scripts/draw-terminal.js'
import { settled } from '../../scripts/readme-blocks.js'
import { buildDemoWorld } from '../../src/sandbox/demo-world.js'
import { startTestSandbox } from '../support/sandbox.js'
import { openScreen } from '../support/screen.js'
import { openTerminal, type Terminal } from '../support/terminal.js'

const size = { columns: 80, rows: 40 }
const typed = 'sqs-trigger wire orders order-worker --fix'
const enter = '\r'

/** What is waited for, what is typed then, and how long a reader needs for it. */
const scenes: readonly { readonly until: string; readonly keys?: string; readonly ms: number }[] = [
  { until: 'Make this change in account', keys: `y${enter}`, ms: 6000 },
  { until: 'Send a test message', keys: `y${enter}`, ms: 3000 },
  { until: 'Connect orders to order-worker', keys: `y${enter}`, ms: 3000 },
  { until: 'Proof strong', ms: 9000 },
]

test('the picture of the README is what a terminal shows of a run in the sandbox (`npm run picture` draws it anew)', async () => {
  const sandbox = await startTestSandbox({ running: true, startAt: Date.now() })
  await buildDemoWorld(sandbox, { visibilityTimeoutSeconds: 60, maxReceiveCount: 5 })
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-picture-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.region,
    AWS_ACCESS_KEY_ID: sandbox.adminCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.adminCredentials.secretAccessKey,
    XDG_STATE_HOME: state,
    FORCE_COLOR: '1',
  }
  const terminal = openTerminal(env, typed.split(' ').slice(1))
  const frames: Frame[] = [await frameOf(`$ ${typed}`, 1800)]
  for (const { until, keys, ms } of scenes) {
    await terminal.until(until)
    frames.push(await frameOf(shownBy(terminal), ms))
    if (keys !== undefined) terminal.type(keys)
  }
  expect(await terminal.exited).toBe(0)
  const last = await frameOf(shownBy(terminal), 9000)
  const all = [...frames.slice(0, -1), last]
  const transcript = all.map(({ rows }) => rows.map(textOf).join('\n').trimEnd()).join('\n\n----\n\n')
  const described = {
    title: 'sqs-trigger wires a queue to a function',
    description:
      'A terminal: the preflight finds that the execution role may not delete messages, the missing policy is shown and granted, the mapping is created, and a test message proves the delivery.',
  }
  const svg = drawTerminal(all, size, described)
  expect(Buffer.byteLength(svg)).toBeLessThan(150_000)
  await expect(svg).toMatchFileSnapshot('../../docs/wire.svg')
  await expect(`${transcript}\n`).toMatchFileSnapshot('../../docs/wire.txt')
})

const shownBy = (terminal: Terminal) => `$ ${typed}\r\n${terminal.raw()}`

async function frameOf(printed: string, ms: number): Promise<Frame> {
  const screen = openScreen(size.columns, size.rows)
  await screen.write(printed)
  const rows = screen.rows().map((runs) => runs.map((run): Run => ({ ...run, text: still(run.text) })))
  return { rows, ms }
}

/** Without what differs from run to run. */
const still = (text: string) => settled(text).replace(/\d{8}-\d{6}-[0-9a-f]{4}/g, '20261123-091500-3f2a')

const textOf = (runs: readonly Run[]) =>
  runs.reduce((line, { text, column }) => line.padEnd(column) + text, '').trimEnd()
