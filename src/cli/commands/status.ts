import { nameIn } from '../../arn.js'
import { nextCommand } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { StatusResult } from '../../operations/results.js'
import { typedName } from '../../report/text/sentences.js'
import { endGone, isWrong } from '../../report/text/status-lines.js'
import { checksFailed } from '../checks-failed.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { messageBody } from '../files/message-body.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { choice, duration, flag, negatable, text, type Values } from '../options/options.js'
import { usageError } from '../usage-error.js'

const options = {
  checks: negatable({ summary: 'do not judge what is wrong with it now', group: 'Checks', on: true }),
  exitStatus: flag({ summary: 'exit with 3 where a check or the last run fails', group: 'Checks' }),
  metrics: flag({ summary: 'also what CloudWatch counted in the last 15 minutes', group: 'Behaviour' }),
  watch: flag({ summary: 'look again and again, until Ctrl-C', group: 'Behaviour' }),
  interval: duration({
    summary: 'with --watch: between two looks (default 5s, at least 2s)',
    group: 'Behaviour',
  }),
  probe: choice(['strong', 'medium', 'weak'], {
    summary: 'send one test message through it, and fail below this evidence (alone: medium)',
    group: 'Message',
    placeholder: 'strong|medium|weak',
    whenBare: 'medium',
  }),
  body: text({ summary: 'body of the test message; - reads standard input', group: 'Message', free: true }),
} as const

const usualMs = 5_000
const leastMs = 2_000

/** @throws SqsTriggerError USAGE for what contradicts itself. */
function check(values: Values<typeof options>, timeout: number | undefined, endless: boolean): void {
  const { watch, interval, exitStatus, checks, probe, body } = values
  if (interval !== undefined && !watch) throw usageError('--interval needs --watch')
  if (interval !== undefined && interval < leastMs) {
    throw usageError('--interval takes no less than 2s: AWS counts every look', 'for example: --interval 5s')
  }
  if (watch && exitStatus) throw usageError('--watch and --exit-status contradict each other')
  if (watch && values.metrics) throw usageError('--watch and --metrics contradict each other')
  if (watch && probe !== undefined) throw usageError('--watch and --probe contradict each other')
  if (exitStatus && checks === false) throw usageError('--exit-status and --no-checks contradict each other')
  if (probe === undefined && body !== undefined) {
    throw usageError('--body is the test message of --probe', 'add --probe, or leave out --body')
  }
  if (probe === undefined && timeout !== undefined) {
    throw usageError('--timeout is the limit of --probe', 'add --probe, or leave out --timeout')
  }
  if (watch && !endless) {
    throw usageError('--watch never ends, and a JSON document has an end', 'give --output ndjson with it')
  }
}

export default defineCommand({
  name: 'status',
  positionals: mappingPositionals,
  summary: 'Show one mapping, its settings, its queue, and what is wrong now',
  description:
    'Shows the state of an event source mapping with the reason that AWS gives, its settings, how many messages wait in the queue and in its dead-letter queue, what is wrong with it now, and where to look in the AWS console. A mapping can go wrong after it was made: the preflight says how that is mended. With --probe it also sends one test message through the mapping, after asking on a terminal, and says what it saw of it.',
  options,
  endless: 'watch',
  needs: { interval: 'watch', body: 'probe', timeout: 'probe' },
  obeys: { input: true, yes: true, timeout: 'limit of the proof (default: as long as a delivery may take)' },
  examples: [
    { command: 'sqs-trigger status orders', does: 'the mapping of this queue' },
    { command: 'sqs-trigger status orders order-worker', does: 'where the queue has several' },
    { command: 'sqs-trigger status orders --watch', does: 'until Ctrl-C' },
    { command: 'sqs-trigger status 7c1d2f0a --json', does: 'by the beginning of its UUID' },
    { command: 'sqs-trigger status orders --probe', does: 'and what becomes of a test message' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_DELIVERED'],
  formats: ['text', 'json', 'ndjson'],
  run: async ({ values, positionals }, context) => {
    const { json, output, query, timeout } = context.globals
    check(values, timeout, !json && output !== 'json' && query === undefined)
    const { probe } = values
    const body = await messageBody(values, context)
    const reference = await mappingReference(positionals, context)
    if (values.watch) {
      const { watchMapping } = await import('../../operations/watch.js')
      const named = positionals.function === undefined ? {} : { functionName: positionals.function }
      const request = { mapping: reference, ...named, intervalMs: values.interval ?? usualMs }
      return context.run(watchMapping(request, await context.session()))
    }
    const { readStatus } = await import('../../operations/status.js')
    const session = await context.session()
    const checks = values.checks !== false
    const status = await context.run(
      readStatus(reference, positionals.function, session, { checks, metrics: values.metrics }),
    )
    const told = { kind: 'status', status, next: nextOf(status, context) } as const
    if (probe === undefined) {
      const findings = status.findings ?? []
      const failed = findings.filter((finding) => finding.status === 'fail')
      const error = values.exitStatus ? (checksFailed(failed, findings) ?? failedRun(status)) : undefined
      return error === undefined ? told : { ...told, error }
    }
    const { probeMapping } = await import('../status-probe.js')
    const probed = await probeMapping(status, probe, body, context)
    if (probed.probe === null) return { ...told, ...probed }
    // The message has changed the counters; what was seen of it is told even where they cannot be read again.
    const after = context.run(readStatus(status.mapping.uuid, undefined, session))
    const { findings, lastRun, metrics } = status
    return {
      ...told,
      status: await after.then((one) => ({ ...one, findings, lastRun, metrics })).catch(() => status),
      ...probed,
    }
  },
})

/** The command that says what mends what the checks object to, that shows a failure, that shows dead letters. */
function nextOf(status: StatusResult, { connection }: CommandContext) {
  const { findings, mapping, lastRun, deadLetterQueue, context } = status
  const names = [mapping.queueArn, mapping.functionArn].map((arn) => typedName(arn, context.account))
  const next = (does: string, ...words: readonly string[]) => ({
    command: nextCommand(connection, ...words),
    does,
  })
  const gone = endGone(findings)
  const mending = gone
    ? [next(`delete the mapping, or make the ${gone.rule.split('-').at(-1)} again`, 'unwire', mapping.uuid)]
    : (findings ?? []).some(isWrong)
      ? [next('what mends it', 'preflight', ...names)]
      : []
  return [
    ...mending,
    ...(lastRun?.kind === 'failed'
      ? [next('why it failed', 'logs', mapping.uuid, '--request', lastRun.requestId, '--since', '1h')]
      : []),
    ...((deadLetterQueue?.counters?.visible ?? 0) > 0
      ? [next('look at the dead letters', 'redrive', mapping.uuid, '--peek', '3')]
      : []),
  ]
}

function failedRun({ lastRun, mapping }: StatusResult): SqsTriggerError | undefined {
  if (lastRun?.kind !== 'failed') return undefined
  return new SqsTriggerError(
    'CHECKS_FAILED',
    `Function ${nameIn(mapping.functionArn)} failed in its last run, at ${lastRun.at}.`,
  )
}
