import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { quickDelays } from '../../src/sandbox/world.js'
import { everyCommand, journalOfOneFix, wireBySeed } from '../support/every-command.js'
import { ordinaryHandler, startJourney } from '../support/journey.js'
import { bin, cleanEnv, run } from '../support/run-command.js'

/** Every command of every help page, typed into a shell as it stands there. */

describe.each(everyCommand)('$name', ({ name, command: { examples } }) => {
  test.each(examples)('$command', async ({ command: line }) => {
    const { env, cwd, uuid, changed } = await startPlace({
      wired: !['wire', 'preflight'].includes(name),
      deleting: /deleted/.test(line),
    })
    const { more = [], code = 0 } = adapted.find(({ holds }) => line.includes(holds)) ?? {}
    // The only name that nobody can choose.
    const typed = [
      line.replace('7c1d2f0a', uuid.slice(0, 8)).replace('--timeout 1h', '--timeout 1s'),
      ...more,
    ].join(' ')
    const shell = (text: string) =>
      run('bash', ['-c', text], {
        env,
        cwd,
        watch: (said, child) => {
          const runsOn =
            said.includes('Stop it with Ctrl-C.') ||
            (/--follow|--watch/.test(line) && said.includes('Account'))
          if (runsOn && !child.killed) child.kill('SIGINT')
        },
      })
    const first = await shell(typed)
    if (first.code !== 2) return expect(first.code, first.stdout + first.stderr).toBe(code)
    // It asks, and nobody is here to answer: what it says is to be typed instead must do.
    expect(first.stderr.replaceAll(/\s+/g, ' ')).toContain('nobody can be asked')
    expect(changed()).toEqual([])
    const [instead = ''] = /^ {2}sqs-trigger .*$/ms.exec(first.stderr) ?? []
    const answered = instead.replace('<queue>', 'orders').replace('<function>', 'order-worker')
    const second = await shell(answered)
    expect({ answered, code: second.code }, second.stderr).toEqual({ answered, code: 0 })
  })
})

/** A queue has to be empty for a minute before it counts as drained; what follows ends with the signal. */
const adapted: readonly {
  readonly holds: string
  readonly more?: readonly string[]
  readonly code: number
}[] = [
  { holds: '--for drained', code: 8 },
  { holds: '--to-queue', more: ['--dry-run'], code: 0 },
  { holds: '--follow', code: 130 },
  { holds: '--watch', code: 130 },
]

/** Queues, functions, files and a journal as the examples name them, for somebody who may change them. */
async function startPlace({ wired, deleting }: { wired: boolean; deleting: boolean }) {
  const journey = await startJourney({
    delays: { ...quickDelays, mappingTransition: 0, mappingDeletion: deleting ? 2_000 : 0 },
  })
  await journey.addQueue('orders.fifo')
  await journey.addQueue('orders-v2')
  await journey.addFunction('order-worker', ordinaryHandler)
  const live = { FunctionName: 'order-worker', Name: 'live', FunctionVersion: '1' }
  await journey.seed([
    { service: 'lambda', operation: 'PublishVersion', input: { FunctionName: 'order-worker' } },
    { service: 'lambda', operation: 'CreateAlias', input: live },
  ])
  const uuid = wired ? await wireBySeed(journey, 'order-worker') : ''
  if (deleting)
    await journey.seed([{ service: 'lambda', operation: 'DeleteEventSourceMapping', input: { UUID: uuid } }])
  const cwd = mkdtempSync(join(tmpdir(), 'sqs-trigger-examples-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  symlinkSync(bin, join(cwd, 'sqs-trigger'))
  // fish makes this folder when it is started for the first time.
  mkdirSync(join(cwd, '.config/fish/completions'), { recursive: true })
  writeFileSync(join(cwd, 'message.json'), '{"id":42}')
  writeFileSync(join(cwd, 'body.json'), '{"kind":"order"}')
  const before = {
    schemaVersion: '1.0',
    command: 'audit',
    findings: [],
    result: { complete: true, baseline: null },
  }
  writeFileSync(join(cwd, 'before.json'), JSON.stringify(before))
  writeFileSync(join(cwd, 'error.txt'), 'InvalidParameterValueException: Function does not exist\n')
  const triggers =
    'name: shop\ntriggers: [{ queue: orders, function: order-worker }]\nenvironments: { prod: {} }\n'
  for (const name of ['sqs-trigger.yaml', 'triggers.yaml']) writeFileSync(join(cwd, name), triggers)
  writeFileSync(join(cwd, 'handler.mjs'), ordinaryHandler)
  writeFileSync(join(cwd, 'package.json'), '{"scripts":{"test":"node --eval 0"}}')
  const seen = journey.calls().length
  return {
    cwd,
    uuid,
    env: {
      ...journey.env,
      ...(await journalOfOneFix(journey)),
      AWS_ACCESS_KEY_ID: journey.adminCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: journey.adminCredentials.secretAccessKey,
      PATH: [cwd, cleanEnv.PATH].join(delimiter),
      HOME: cwd,
    },
    changed: () =>
      journey
        .calls()
        .slice(seen)
        .filter(({ operation }) => /^(Put|Set|Create|Delete|Update|Attach|Tag|Send)/.test(operation)),
  }
}
