import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { SqsTriggerError } from '../../src/errors.js'
import { quickDelays } from '../../src/sandbox/world.js'
import { shellWords } from '../support/command-lines.js'
import { type Journey, ordinaryHandler, startJourney } from '../support/journey.js'

/** A width of the page, and what goes with it: 40 columns are shown in ASCII. */
export interface Look {
  readonly columns: number
  readonly ascii: boolean
}

/** One place in which commands are typed, one after the other. */
export interface Stage {
  readonly columns: number
  readonly journey: Journey
  /** Types a command line, and keeps what a person would see of it. */
  type(line: string, options?: Typing): Promise<void>
  /** Everything that was seen, with names that are the same in every run. */
  seen(): string
}

interface Typing {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Presses Ctrl-C once this was said. */
  readonly until?: string
}

/** `orders` and `worker` fit each other, the role of `unready` may do nothing. State changes take no time. */
export async function openStage({ columns, ascii }: Look): Promise<Stage> {
  const delays = { ...quickDelays, mappingTransition: 0, mappingDeletion: 0 }
  const journey = await startJourney({ delays })
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-screens-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  await journey.addFunction('unready', ordinaryHandler, { mayPoll: false })
  const seen: string[] = []
  return {
    columns,
    journey,
    type: async (line, { env = {}, stdin = '', until } = {}) => {
      seen.push(`$ sqs-trigger ${line}\n`)
      const stop = new AbortController()
      const write = () =>
        new Writable({
          write: (chunk, _encoding, done) => {
            seen.push(String(chunk))
            if (until !== undefined && String(chunk).includes(until)) stop.abort(interrupted)
            done()
          },
        })
      const host = {
        argv: shellWords(line),
        env: {
          ...journey.env,
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          LANG: 'C.UTF-8',
          COLUMNS: String(columns),
          XDG_STATE_HOME: state,
          ...(ascii ? { SQS_TRIGGER_ASCII: '1' } : {}),
          ...env,
        },
        stdin: Object.assign(Readable.from([stdin]), { isTTY: false }),
        stdout: Object.assign(write(), { isTTY: false, columns }),
        stderr: Object.assign(write(), { isTTY: false, columns }),
      }
      const code = await runProgram(host, stop.signal)
      // What it set going must not be seen half done by the next one.
      await journey.settled()
      seen.push(`[exit ${code}]\n\n`)
    },
    seen: () => settled(seen.join(''), state),
  }
}

const interrupted = new SqsTriggerError('INTERRUPTED', 'Interrupted.')

/** What differs from run to run has always the same length, so that lines break in the same places. */
function settled(text: string, state: string): string {
  const ids = new Map<string, string>()
  const stable = (id: string) => {
    const known = ids.get(id) ?? `${String(ids.size + 1).padStart(8, '0')}-0000-4000-8000-000000000000`
    ids.set(id, known)
    return known
  }
  return (
    text
      .replaceAll(state, '/state')
      .replaceAll(process.cwd(), '/project')
      // A stack names the file of the handler, and the time of a hop depends on the machine.
      .replace(/file:\/\/\S*\/([\w-]+\.mjs)/g, 'file:///code/$1')
      .replace(/\b\d\.\d s\b/g, '0.1 s')
      .replace(/x-sandbox-key: \S+/, 'x-sandbox-key: key')
      .replace(/127\.0\.0\.1:\d{5}/g, '127.0.0.1:40000')
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, stable)
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-11-23T12:00:00.000Z')
      .replace(
        /\b\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?/g,
        (_, seconds) => `2026-11-23 12:00${seconds ? ':00' : ''}`,
      )
      .replace(/\b\d{8}-\d{6}-[0-9a-f]{4}/g, '20261123-120000-0000')
      // Whether anybody has to wait so long that it is said depends on the machine.
      .replace(/^Still waiting for .*\n/gm, '')
      // How often a mapping is looked at on the way depends on the machine.
      .replace(/^ *\d+:\d\d {2}(?:Creating|Enabling|Updating|Disabling|Deleting) .*\n/gm, '')
      .replace(/^ *\d+:\d\d {2}/gm, ' 0:00  ')
      .replace(/ after \d+:\d\d$/gm, '')
      .replace(/(?<="elapsedMs": )\d+/g, '0')
      .replace(/(?<=Duration: )[\d.]+ ms/g, '1 ms')
      .replace(/(?<=Memory Used: )\d+ MB/g, '50 MB')
      .replace(/ +\n/g, '\n')
  )
}
