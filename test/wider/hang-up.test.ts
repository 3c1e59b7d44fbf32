import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { enter, expectEnd, talk } from '../support/wizard-walk.js'

const folderHere = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-hang-up-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test.each([
  ['at a list', [], ['Queue (2)']],
  ['at a yes or no', ['orders', 'worker'], ['Send a test message once']],
  ['at a line', ['--accessible'], ['Queues: 2.']],
] as const)(
  'a window that is closed %s: the run is told, and no crash is reported',
  async (_at, more, [question]) => {
    const journey = await startJourney()
    const state = folderHere()
    const stdoutFile = join(folderHere(), 'stdout')
    const env = { ...journey.env, XDG_STATE_HOME: state }
    const screen = openScreen(env, ['wire', ...more, '--json'], { stdoutFile })
    await screen.shows(question)
    screen.close()
    expect(await screen.exited).toBe(143)
    expect(JSON.parse(readFileSync(stdoutFile, 'utf8'))).toMatchObject({
      exitCode: 143,
      changed: [],
      error: { code: 'TERMINATED', message: 'The terminal was closed (SIGHUP). Nothing was changed.' },
    })
    expect(existsSync(join(state, 'sqs-trigger', 'crashes'))).toBe(false)
  },
)

test.each(['at a list', 'in the middle of the wait'])(
  'SIGHUP %s: a true sentence, and a sane terminal',
  async (at) => {
    // The clock stands still: the mapping stays Creating.
    const journey = await startJourney({ running: false })
    const screen = openScreen(journey.env, ['wire'], { columns: 120 })
    if (at !== 'at a list') {
      await talk(
        screen,
        ['Queue (2)', `orders${enter}`],
        ['Function (1)', enter],
        ['Settings', enter],
        ['Connect orders to worker', enter],
        'USER_INITIATED',
      )
    }
    await screen.shows(at === 'at a list' ? 'Queue (2)' : 'USER_INITIATED')
    screen.kill('SIGHUP')
    await expectEnd(screen, 143)
    if (at === 'at a list') return talk(screen, 'The terminal was closed (SIGHUP). Nothing was changed.')
    const [mapping] = (await journey.json('list')).document.result.mappings
    await talk(screen, 'Stopped waiting', `sqs-trigger wait ${mapping.uuid}`)
  },
)
