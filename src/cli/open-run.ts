import type { FinishedCall } from '../aws/connection/watch-calls.js'
import type { SqsTriggerError } from '../errors.js'
import { runToEnd } from '../operations/run-to-end.js'
import { askingAws, type Reporter } from '../report/reporter.js'
import { emptyRecord, type RunRecord, recorded } from '../report/run-record.js'
import type { Streams } from '../report/streams.js'
import type { CommandContext } from './command-context.js'
import { type ConnectionChoices, connectionChoices, openLink } from './connection.js'
import type { AnyCommand } from './define-command.js'
import {
  accessibleDetails,
  callLine,
  connectionDetails,
  isSlowedDown,
  slowedDownNote,
  variableDetails,
} from './details.js'
import { type ParsedInProject, settingsNote } from './files/project-file.js'
import { doubtfulRegion } from './misspelt.js'
import { withWordsInPlace } from './place-words.js'
import { betweenQuestions } from './prompts/between-questions.js'
import { askForMfaCode } from './prompts/mfa-code.js'
import { openPrompter } from './prompts/prompter.js'
import { signInOffer } from './sign-in.js'
import type { Host } from './streams.js'
import { untilStopped } from './until-stopped.js'

/** A command that runs: what is handed to it, and what was seen of it so far. */
export interface Run {
  readonly context: CommandContext
  /** It goes on until somebody stops it. */
  readonly endless: boolean
  record(): RunRecord
  /** The last calls. */
  calls(): readonly FinishedCall[]
  connection(): ConnectionChoices
}

/** What a run is made of. */
export interface RunParts {
  readonly host: Host
  readonly command: AnyCommand
  readonly parsed: ParsedInProject
  readonly streams: Streams
  readonly reporter: Reporter
  readonly signal: AbortSignal
  /** Stops the run for a person who leaves a question that came in the middle of something. */
  readonly leave: (reason: SqsTriggerError) => void
  /** Aborted: what is under way is not waited for. */
  readonly hurry: AbortSignal | undefined
}

/**
 * Builds what a command is handed, tells what `--verbose` asks for, and keeps what is seen of the run.
 * @throws SqsTriggerError USAGE for an endpoint that is no http or https address
 */
export async function openRun(parts: RunParts): Promise<Run> {
  const { host, command, parsed, streams, reporter, signal, leave, hurry } = parts
  const { input, globals, project, variables } = parsed
  const { prompter, tell: whenFree } = betweenQuestions(openPrompter(streams, signal, host.env))
  const detailed = globals.verbose || globals.debug
  const tell = (line: string) => {
    if (detailed) whenFree(() => reporter.detail(line))
  }
  const warn = (message: string) => whenFree(() => reporter.on({ type: 'warning', message }))
  for (const line of [...variableDetails(variables), ...accessibleDetails(globals, streams)]) tell(line)
  if (detailed) {
    const { unknownVariables } = await import('./options/unknown-variables.js')
    for (const line of await unknownVariables(host.nested ? {} : host.env)) tell(line)
  }
  const settings = globals.quiet ? null : settingsNote(variables)
  if (settings !== null) whenFree(() => reporter.detail(settings))

  let record = emptyRecord
  let calls: readonly FinishedCall[] = []
  let slowedDown = false
  const renew = signInOffer({ prompter, reporter, globals, host, signal, leave })
  const link = openLink(connectionChoices(globals, variables), host, signal, {
    ...(prompter.interactive ? { mfaCode: askForMfaCode(prompter, reporter) } : {}),
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
  const sayThatItAsks = () => {
    if (record === emptyRecord) reporter.on(asking)
  }
  const context: CommandContext = {
    host: { ...host, argv: withWordsInPlace(host.argv, command, input.positionals, parsed.words) },
    streams,
    reporter,
    prompter,
    globals,
    project,
    get connection() {
      return link.choices()
    },
    signal,
    session: () => {
      sayThatItAsks()
      return link.session()
    },
    clients: (other) => {
      sayThatItAsks()
      return link.clients(other)
    },
    reconnect: link.reconnect,
    run: (operation, graceMs) => {
      // An endpoint may take its time to answer for the first time: that is no reason to show nothing.
      reporter.on(asking)
      const ended = runToEnd(operation, (event) => {
        record = recorded(record, event)
        reporter.on(event)
      })
      return untilStopped(ended, signal, hurry, graceMs)
    },
  }
  const endless = command.endless !== undefined && input.values[command.endless] === true
  return { context, endless, record: () => record, calls: () => calls, connection: link.choices }
}

const asking = { type: 'step-started', what: askingAws } as const

/** Enough to see how it came to a mistake. */
const mostCalls = 20
