import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ordinaryHandler, startJourney } from '../support/journey.js'
import { cleanEnv, run } from '../support/run-command.js'

/** The built package where something that one takes for granted is missing. */

const root = join(import.meta.dirname, '../..')

/** A copy of what is packed, in a folder of this name, that everybody may read. */
function copiedTo(name: string): string {
  const parent = mkdtempSync(join(tmpdir(), 'sqs-trigger-place-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  chmodSync(parent, 0o755)
  const folder = join(parent, name)
  mkdirSync(folder)
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  return folder
}

async function startPlace() {
  const journey = await startJourney()
  await journey.addFunction('order-worker', ordinaryHandler)
  return journey
}

const wire = ['wire', 'orders', 'order-worker', '--yes', '--json']

test.each([
  ['no locale', { LANG: undefined, LC_ALL: undefined, TZ: undefined }],
  ['the C locale', { LANG: 'C', LC_ALL: 'C' }],
  ['a locale that is not there', { LANG: 'xx_XX.KOI8-R' }],
  ['no HOME', { HOME: undefined }],
  ['an empty HOME', { HOME: '' }],
  ['no TERM and no PATH', { TERM: undefined, PATH: undefined }],
])('%s: it wires', async (_, missing) => {
  const { env } = await startPlace()
  const ran = await run(process.execPath, [join(root, 'bin/sqs-trigger.js'), ...wire], {
    env: { ...env, ...missing },
  })
  expect(ran.code, ran.stdout + ran.stderr).toBe(0)
  expect(JSON.parse(ran.stdout).result).toMatchObject({ outcome: 'created', mapping: { state: 'Enabled' } })
})

test('no HOME: --fix says that it has nowhere to write down, and changes nothing', async () => {
  const journey = await startJourney()
  await journey.addFunction('order-worker', ordinaryHandler, { mayPoll: false })
  const { accessKeyId, secretAccessKey } = journey.adminCredentials
  const env = { ...journey.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const words = ['preflight', 'orders', 'order-worker', '--fix', '--yes', '--json']
  const ran = await journey.run(words, { env: { ...env, HOME: undefined } })
  expect(ran.code).toBe(1)
  expect(JSON.parse(ran.stdout)).toMatchObject({ changed: [], error: { code: 'JOURNAL_FAILED' } })
})

test('a folder with spaces and letters of other languages, here and where the handler is', async () => {
  const folder = copiedTo('Übung mit Lücken 注文 é')
  writeFileSync(join(folder, 'händler 1.mjs'), ordinaryHandler)
  const seeds = ['--queue', 'orders', '--function', 'order-worker=händler 1.mjs']
  const bin = join(folder, 'bin/sqs-trigger.js')
  const words = [
    bin,
    'sandbox',
    ...seeds,
    '--',
    process.execPath,
    bin,
    ...wire,
    '--send-test',
    '--accept-retries',
  ]
  const ran = await run(process.execPath, words, { cwd: folder })
  expect(ran.code, ran.stdout + ran.stderr).toBe(0)
  expect(JSON.parse(ran.stdout).result.proof.level).toBe('strong')
})

test('nothing can be written, neither here nor at home nor where it is installed', async ({ skip }) => {
  const can = await run('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'true']).catch(
    () => undefined,
  )
  if (can?.code !== 0) return skip('nobody can be become here: it takes root and setpriv')
  const { env } = await startPlace()
  const folder = copiedTo('installed')
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath]
  const probe = await run('setpriv', [...nobody, '-e', 'require("fs").writeFileSync("probe", "")'], {
    cwd: folder,
  })
  expect(probe.stderr).toContain('EACCES')
  const words = [...nobody, join(folder, 'bin/sqs-trigger.js')]
  const place = { cwd: folder, env: { ...cleanEnv, ...env, HOME: folder, TMPDIR: folder } }
  const ran = await run('setpriv', [...words, ...wire], place)
  expect(ran.code, ran.stdout + ran.stderr).toBe(0)
  expect(JSON.parse(ran.stdout).result.outcome).toBe('created')
  const help = await run('setpriv', [...words, '--help'], place)
  expect([help.code, help.stderr]).toEqual([0, ''])
  const stray = `setTimeout(() => { throw new Error('stray') }, 1)`
  const crash = [
    ...nobody,
    '--import',
    `data:text/javascript,process.on('newListener', (name) => name === 'uncaughtException' && ${stray})`,
  ]
  const crashed = await run(
    'setpriv',
    [...crash, join(folder, 'bin/sqs-trigger.js'), 'explain', 'no-dead-letter-queue'],
    place,
  )
  expect(crashed.stderr).toContain('This is a bug in sqs-trigger: stray.')
})
