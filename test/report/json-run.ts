import { findCommand, readAsked } from '../../src/cli/find-command.js'
import { openReporter, provisionalReporter } from '../../src/cli/open-reporter.js'
import type { OutputFormat } from '../../src/cli/options/global-options.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'
import { openStreams } from '../../src/cli/streams.js'
import { SqsTriggerError } from '../../src/errors.js'
import type { OperationEvent } from '../../src/operations/events.js'
import type { Finding } from '../../src/preflight/finding.js'
import type { Outcome } from '../../src/report/outcome.js'
import type { Ending } from '../../src/report/reporter.js'
import { fakeHost } from '../cli/fake-host.js'
import { context, findings, target } from './samples.js'

/** How a run ended: with an answer, or with an error that is no answer. */
export interface Ended {
  readonly outcome?: Outcome
  readonly error?: SqsTriggerError
  readonly ending: Ending
}

export const machineFormats = ['json', 'ndjson', 'junit', 'sarif', 'github', 'markdown'] as const

const ok: Ending = { exitCode: 0, exitName: 'OK' }
export const checksFailed: Ending = { exitCode: 3, exitName: 'CHECKS_FAILED' }

/** The one that failed, among the samples. */
export const failedFinding: Finding = findings.find(({ status }) => status === 'fail') ?? missing()

function missing(): never {
  throw new Error('the samples have no finding that failed')
}

/** A preflight with these findings; those named by `stops` stop it. */
export function preflightEnded(given: readonly Finding[], stops: readonly Finding[]): Ended {
  const report = { context, target, findings: given }
  if (stops.length === 0) return { outcome: { kind: 'preflight', report, blocking: [] }, ending: ok }
  const error = new SqsTriggerError(
    'CHECKS_FAILED',
    `${stops.length} of 7 checks failed. Nothing was changed.`,
    {
      hint: 'aws iam put-role-policy --role-name order-worker-role',
    },
  )
  return { outcome: { kind: 'preflight', report, blocking: stops, error }, ending: checksFailed }
}

export const usage: Ended = {
  error: new SqsTriggerError('USAGE', 'Unknown flag --quue – did you mean --queue?', {
    hint: 'see the flags',
  }),
  ending: { exitCode: 2, exitName: 'USAGE' },
}

/** The events of a preflight that found these. */
export const preflightEvents = (given: readonly Finding[] = findings): readonly OperationEvent[] => [
  { type: 'caller-identified', context },
  { type: 'target-resolved', target },
  { type: 'step-started', what: 'Reading' },
  { type: 'facts-gathered', target, calls: 9 },
  ...given.map((finding): OperationEvent => ({ type: 'rule-judged', finding })),
]

/** What a preflight writes in this form, through the reporter that its flags open. */
export async function reported(
  format: OutputFormat,
  ended: Ended,
  given: {
    readonly events?: readonly OperationEvent[]
    readonly flags?: readonly string[]
    readonly env?: Readonly<Record<string, string>>
    /** Only the arguments were seen, and not read. */
    readonly provisional?: boolean
  } = {},
) {
  const argv = ['preflight', '--output', format, ...(given.flags ?? [])]
  const { host, stdout, stderr } = fakeHost(argv, { env: given.env ?? {} })
  const asked = readAsked(argv)
  const command = (await findCommand('preflight').load()).default
  const { globals } = await parseArguments(command, asked.argv)
  const streams = openStreams(host, { color: undefined, ascii: false, input: false })
  const reporter = given.provisional
    ? await provisionalReporter(host, asked)
    : await openReporter(host, streams, 'preflight', globals)
  for (const event of given.events ?? []) reporter.on(event)
  reporter.note('a note for people')
  if (ended.outcome) reporter.finish(ended.outcome, ended.ending)
  if (ended.error) reporter.fail(ended.error, ended.ending)
  return { stdout: stdout(), stderr: stderr() }
}
