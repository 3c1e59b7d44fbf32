import { setMaxListeners } from 'node:events'
import type { FinishedCall } from '../aws/watch-calls.js'
import { SqsTriggerError } from '../errors.js'
import { runToEnd } from '../operations/run-to-end.js'
import type { Outcome } from '../report/outcome.js'
import { askingAws, type Reporter } from '../report/reporter.js'
import { emptyRecord, recorded } from '../report/run-record.js'
import { asBug } from './as-bug.js'
import { betweenQuestions } from './between-questions.js'
import { checkFormat } from './check-format.js'
import type { CommandContext } from './command-context.js'
import { type ConnectionChoices, connectionChoices, openLink } from './connection.js'
import type { Crash } from './crash-log.js'
import type { AnyCommand } from './define-command.js'
import {
  accessibleDetails,
  callLine,
  connectionDetails,
  isSlowedDown,
  slowedDownNote,
  variableDetails,
} from './details.js'
import { type ExitStatus, exitStatusFor, exitStatusNamed } from './exit-codes.js'
import { type Asked, findCommand, readAsked } from './find-command.js'
import { askForMfaCode } from './mfa-code.js'
import { doubtfulRegion } from './misspelt.js'
import { openReporter, provisionalReporter } from './open-reporter.js'
import { withWordsInPlace } from './place-words.js'
import { openPrompter } from './prompter.js'
import { signInOffer } from './sign-in.js'
import { afterChanges, asStopped } from './stopped.js'
import { type Host, openStreams } from './streams.js'
import { untilStopped } from './until-stopped.js'
import { usageError } from './usage-error.js'
import { type FromVariable, namingVariables } from './variables.js'
import { version } from './version.js'

/**
 * Runs one command line and returns its exit code. Never throws: whatever happens is reported. `told` asks it to
 * stop, `hurry` not to wait for what is still under way.
 */
export async function runProgram(host: Host, told: AbortSignal, hurry?: AbortSignal): Promise<number> {
  // What the command around this one was told, it has passed on as far as it counts.
  const env = host.nested ? {} : host.env
  const asked = readAsked(host.argv, env)
  const { signal, leave } = stopping(told)
  let reporter: Reporter | undefined
  let record = emptyRecord
  let connection = (): ConnectionChoices => ({})
  let calls: readonly FinishedCall[] = []
  let slowedDown = false
  let openSession: CommandContext['session'] | undefined
  let variables: readonly FromVariable[] = []
  try {
    const information = await informationFor(asked, host)
    if (information !== undefined) {
      reporter = await provisionalReporter(host, asked)
      return end(reporter, information)
    }
    const command = await loadCommand(asked)
    const { parseInProject, settingsNote } = await import('./project-file.js')
    const { input, globals, project, ...parsed } = await parseInProject(command, asked.argv, env)
    variables = parsed.variables
    // Written together with other letters (`-yh`) they are seen only now.
    if (globals.help || globals.version) {
      reporter = await provisionalReporter(host, asked)
      const information = await informationFor(
        { ...asked, help: globals.help, version: globals.version },
        host,
      )
      return end(reporter, information ?? said(version, 'version'))
    }
    checkFormat(command, globals)
    const streams = openStreams(host, {
      color: globals.color,
      ascii: globals.ascii,
      accessible: globals.accessible,
      input: globals.input !== false,
    })
    const opened = await openReporter(host, streams, command.name, globals)
    reporter = opened
    const { prompter, tell: whenFree } = betweenQuestions(openPrompter(streams, signal, host.env))
    const detailed = globals.verbose || globals.debug
    const tell = (line: string) => {
      if (detailed) whenFree(() => opened.detail(line))
    }
    const warn = (message: string) => whenFree(() => opened.on({ type: 'warning', message }))
    for (const line of [...variableDetails(variables), ...accessibleDetails(globals, streams)]) tell(line)
    if (detailed) {
      const { unknownVariables } = await import('./unknown-variables.js')
      for (const line of await unknownVariables(env)) tell(line)
    }
    const settings = globals.quiet ? null : settingsNote(variables)
    if (settings !== null) whenFree(() => opened.detail(settings))
    const renew = signInOffer({ prompter, reporter: opened, globals, host, signal, leave })
    const link = openLink(connectionChoices(globals, variables), host, signal, {
      ...(prompter.interactive ? { mfaCode: askForMfaCode(prompter, opened) } : {}),
      ...(renew === undefined ? {} : { renew }),
      onOpen: (clients) => {
        const doubt = doubtfulRegion(clients)
        if (doubt !== undefined) warn(doubt)
        for (const line of connectionDetails(clients, host.env)) tell(line)
      },
      onCall: (call) => {
        // Said once: whoever is throttled is throttled again and again.
        if (isSlowedDown(call) && !slowedDown) {
          slowedDown = true
          warn(slowedDownNote(call))
        }
        calls = [...calls, call].slice(-mostCalls)
        tell(callLine(call, globals))
      },
    })
    connection = link.choices
    const session = () => {
      if (record === emptyRecord) opened.on(asking)
      return link.session()
    }
    openSession = session
    const context: CommandContext = {
      host: { ...host, argv: withWordsInPlace(host.argv, command, input.positionals, parsed.words) },
      streams,
      reporter: opened,
      prompter,
      globals,
      project,
      get connection() {
        return link.choices()
      },
      signal,
      session,
      clients: (other) => {
        if (record === emptyRecord) opened.on(asking)
        return link.clients(other)
      },
      reconnect: link.reconnect,
      run: (operation, graceMs) => {
        // An endpoint may take its time to answer for the first time: that is no reason to show nothing.
        opened.on(asking)
        return untilStopped(
          runToEnd(operation, (event) => {
            record = recorded(record, event)
            opened.on(event)
          }),
          signal,
          hurry,
          graceMs,
        )
      },
    }
    const outcome = await command.run(input, context)
    return end(opened, outcome.error ? { ...outcome, error: await meaning(outcome.error) } : outcome)
  } catch (error) {
    const failure = signal.aborted
      ? asStopped(error, signal.reason, record, connection())
      : afterChanges(
          await meaning(namingVariables(await asFailure(error, { host, calls }), variables)),
          record,
          connection(),
        )
    const status = exitStatusFor([failure.code])
    const opened = reporter ?? (await provisionalReporter(host, asked))
    // The command that runs this one inside itself says what the signal ended.
    if (host.nested && told.aborted) opened.pause()
    else opened.fail(failure, { exitCode: status.code, exitName: status.name })
    return status.code
  }

  async function meaning(failure: SqsTriggerError): Promise<SqsTriggerError> {
    if (openSession === undefined || !isMissingEnd(failure)) return failure
    const { withMeantTarget } = await import('./meant-target.js')
    return withMeantTarget(failure, record, host.argv, openSession)
  }
}

const isMissingEnd = ({ code }: SqsTriggerError) =>
  code === 'QUEUE_NOT_FOUND' || code === 'FUNCTION_NOT_FOUND'

/** A run stops when it is told to, or when a person leaves a question that came in the middle of something. */
function stopping(told: AbortSignal) {
  const left = new AbortController()
  const signal = AbortSignal.any([told, left.signal])
  // Every call that is under way listens; Node takes more than ten listeners for a leak.
  setMaxListeners(0, signal)
  return { signal, leave: (reason: SqsTriggerError) => left.abort(reason) }
}

function end(reporter: Reporter, outcome: Outcome): number {
  const status = statusOf(outcome)
  return reporter.finish(outcome, { exitCode: status.code, exitName: status.name }).exitCode
}

const asking = { type: 'step-started', what: askingAws } as const

/** A command that ran another program ends as that one did. */
function statusOf(outcome: Outcome): Pick<ExitStatus, 'code' | 'name'> {
  if (outcome.kind === 'said' && outcome.exitCode !== undefined) {
    return { code: outcome.exitCode, name: outcome.exitCode === 0 ? 'OK' : 'FAILED' }
  }
  if (outcome.kind === 'fleet-plan' && outcome.pending && !outcome.error) {
    return exitStatusNamed('CHANGES_PENDING')
  }
  const forgiven = outcome.kind === 'preflight' && outcome.exitZero
  return exitStatusFor(outcome.error && !forgiven ? [outcome.error.code] : [])
}

/** Help and version: answered without looking at anything else on the command line. */
async function informationFor(asked: Asked, host: Host): Promise<Outcome | undefined> {
  if (asked.help && asked.command !== undefined) {
    const { renderCommandHelp } = await import('./help.js')
    return said(renderCommandHelp(await loadCommand(asked), columnsOf(host)), 'help')
  }
  if (asked.version) return said(version, 'version')
  if (asked.help || (asked.command === undefined && asked.argv.length === 0)) {
    const { renderRootHelp } = await import('./root-help.js')
    return said(renderRootHelp(columnsOf(host)), 'help')
  }
  return undefined
}

const said = (text: string, name: string): Outcome => ({
  kind: 'said',
  lines: text.trimEnd().split('\n'),
  result: { [name]: text },
})

const columnsOf = (host: Host) =>
  openStreams(host, { color: false, ascii: false, input: false }).stdout.columns

async function loadCommand({ command }: Asked): Promise<AnyCommand> {
  if (command === undefined) {
    throw usageError('flags alone do nothing; a command is needed', 'see the commands: sqs-trigger --help')
  }
  return (await findCommand(command).load()).default
}

/** Anything that is not ours is a mistake of this program, and says so. */
async function asFailure(error: unknown, about: Omit<Crash, 'error'>): Promise<SqsTriggerError> {
  return error instanceof SqsTriggerError ? error : asBug({ ...about, error })
}

/** Enough to see how it came to a mistake. */
const mostCalls = 20
