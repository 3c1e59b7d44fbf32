import { setMaxListeners } from 'node:events'
import { SqsTriggerError } from '../errors.js'
import type { Outcome } from '../report/outcome.js'
import type { Reporter } from '../report/reporter.js'
import { emptyRecord } from '../report/run-record.js'
import { asBug } from './as-bug.js'
import { checkFormat } from './check-format.js'
import type { Crash } from './crash-log.js'
import type { AnyCommand } from './define-command.js'
import { type ExitStatus, exitStatusFor, exitStatusNamed } from './exit-codes.js'
import type { ParsedInProject } from './files/project-file.js'
import { type Asked, findCommand, readAsked } from './find-command.js'
import { openReporter, provisionalReporter } from './open-reporter.js'
import type { Run } from './open-run.js'
import { namingVariables } from './options/variables.js'
import { afterChanges, asStopped } from './stopped.js'
import { type Host, openStreams } from './streams.js'
import { usageError } from './usage-error.js'
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
  // As far as it came: what ends it is told with what was known by then.
  let parsed: ParsedInProject | undefined
  let reporter: Reporter | undefined
  let run: Run | undefined
  try {
    const information = await informationFor(asked, host)
    if (information !== undefined) return end(await provisionalReporter(host, asked), information)
    const command = await loadCommand(asked)
    const { parseInProject } = await import('./files/project-file.js')
    parsed = await parseInProject(command, asked.argv, env)
    const { globals, input } = parsed
    // Written together with other letters (`-yh`) they are seen only now.
    if (globals.help || globals.version) {
      const late = await informationFor({ ...asked, help: globals.help, version: globals.version }, host)
      return end(await provisionalReporter(host, asked), late ?? said(version, 'version'))
    }
    checkFormat(command, globals)
    const streams = openStreams(host, {
      color: globals.color,
      ascii: globals.ascii,
      accessible: globals.accessible,
      input: globals.input !== false,
    })
    reporter = await openReporter(host, streams, command.name, globals)
    const { openRun } = await import('./open-run.js')
    run = await openRun({ host, command, parsed, streams, reporter, signal, leave, hurry })
    const outcome = await command.run(input, run.context)
    const error = outcome.error && (await withMeant(outcome.error, host, run))
    return end(reporter, error ? { ...outcome, error } : outcome)
  } catch (error) {
    const record = run?.record() ?? emptyRecord
    const connection = run?.connection() ?? {}
    const failure = signal.aborted
      ? run?.endless && isPressed(signal.reason)
        ? new SqsTriggerError('INTERRUPTED', 'Stopped.', { cause: error })
        : asStopped(error, signal.reason, record, connection)
      : afterChanges(await explained(error, { host, parsed, run }), record, connection)
    const status = exitStatusFor([failure.code])
    const opened = reporter ?? (await provisionalReporter(host, asked))
    // The command that runs this one inside itself says what the signal ended.
    if (host.nested && told.aborted) opened.pause()
    else opened.fail(failure, { exitCode: status.code, exitName: status.name })
    return status.code
  }
}

const isPressed = (reason: unknown) => reason instanceof SqsTriggerError && reason.code === 'INTERRUPTED'

/** The error with the name of the variable that caused it, or with the queue or function that was meant. */
async function explained(
  error: unknown,
  {
    host,
    parsed,
    run,
  }: { readonly host: Host; readonly parsed: ParsedInProject | undefined; readonly run: Run | undefined },
): Promise<SqsTriggerError> {
  const failure = await asFailure(error, { host, calls: run?.calls() ?? [] })
  const named = namingVariables(failure, parsed?.variables ?? [])
  return run === undefined ? named : withMeant(named, host, run)
}

async function withMeant(failure: SqsTriggerError, { argv }: Host, run: Run): Promise<SqsTriggerError> {
  if (failure.code !== 'QUEUE_NOT_FOUND' && failure.code !== 'FUNCTION_NOT_FOUND') return failure
  const { withMeantTarget } = await import('./meant-target.js')
  return withMeantTarget(failure, run.record(), argv, run.context.session)
}

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
