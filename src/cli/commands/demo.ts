import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { SqsTriggerError } from '../../errors.js'
import { fill, openPage } from '../../report/page.js'
import { plainPalette } from '../../report/palette.js'
import { buildDemoWorld } from '../../sandbox/demo-world.js'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { type Stage, tellStory, tries, visibilityTimeoutMs } from '../demo-story.js'
import { runProgram } from '../program.js'
import { insideSandbox } from '../sandbox-environment.js'
import { typedLine } from '../typed-line.js'

export default defineCommand({
  name: 'demo',
  summary: 'Tell the whole story on this machine, without an AWS account',
  description:
    'Starts a local AWS, in which a queue and a function wait to be wired, and types the commands of this tool: ' +
    'the preflight finds a missing permission and grants it, the mapping is created and proven with a message, ' +
    'a bad message goes to the dead-letter queue, and everything is undone. Nothing leaves this machine.',
  positionals: {},
  options: {},
  examples: [{ command: 'sqs-trigger demo', does: 'about five seconds, nothing to clean up' }],
  exitCodes: ['FAILED'],
  local: true,
  async run(_input, context) {
    const sandbox = await startSandbox()
    // The journal of --fix must not stand beside the user's own: what it tells of is gone with the sandbox.
    const state = await mkdtemp(join(tmpdir(), 'sqs-trigger-demo-'))
    try {
      await buildDemoWorld(sandbox, {
        visibilityTimeoutSeconds: visibilityTimeoutMs / 1000,
        maxReceiveCount: tries,
      })
      const stage = openStage(sandbox, state, context)
      stage.say(
        `A local AWS answers at ${sandbox.endpoint}.\nIt is not AWS: nothing costs money, and nothing is kept.`,
      )
      await tellStory(stage)
      const next = 'On your own account, start with:  sqs-trigger wire'
      stage.say(`\n${next}`)
      return { kind: 'said', lines: [], result: { steps: 6, next: 'sqs-trigger wire' } }
    } catch (error) {
      throw context.signal.aborted ? demoStopped(context.signal.reason) : error
    } finally {
      await sandbox.stop()
      await rm(state, { recursive: true, force: true })
    }
  },
})

/** What the commands had created in there needs no undoing. */
function demoStopped(reason: unknown): SqsTriggerError {
  const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  return new SqsTriggerError(
    code,
    'The demo was stopped. Its sandbox is gone with everything in it; your AWS account was never asked.',
  )
}

/** The commands run in this process through the same entry as any command line; only the environment differs. */
function openStage(
  sandbox: Sandbox,
  state: string,
  { host, globals, signal, streams: { stdout } }: CommandContext,
): Stage {
  const silent = globals.json || globals.output === 'json' || globals.quiet
  const out = silent ? nowhere() : host.stdout
  const env = { ...insideSandbox(host.env, sandbox), XDG_STATE_HOME: state }
  const flags = [
    ...(globals.ascii ? ['--ascii'] : []),
    ...(globals.accessible === undefined ? [] : [globals.accessible ? '--accessible' : '--no-accessible']),
    ...(globals.color === false ? ['--no-color'] : []),
  ]
  const page = openPage(stdout.columns, stdout.unicode, plainPalette)
  const print = (text: string) => out.write(`${text}\n`)
  // What fits stands as it is written: filling takes away double blanks.
  const filled = (line: string) => (line.length <= page.columns ? [line] : fill(page, line))
  const say = (text: string) => print(text.split('\n').flatMap(filled).join('\n'))

  return {
    heading: (text) => say(`\n${text}\n`),
    say,
    type: async (words) => {
      print(`$ ${typedLine(words, {})}`)
      // One stream for both, so that the story keeps its order when it is piped.
      return runProgram(
        { argv: [...words, ...flags], nested: true, env, stdin: host.stdin, stdout: out, stderr: out },
        signal,
      )
    },
    ask: async (words) => {
      const { sink, text } = collector()
      await runProgram(
        { argv: [...words, '--json'], nested: true, env, stdin: host.stdin, stdout: sink, stderr: nowhere() },
        signal,
      )
      return JSON.parse(text())
    },
    later: async (ms) => {
      await sandbox.advance(ms)
      await sandbox.settled()
    },
  }
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

function collector(): { readonly sink: Writable; text(): string } {
  const chunks: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk))
      done()
    },
  })
  return { sink, text: () => chunks.join('') }
}
