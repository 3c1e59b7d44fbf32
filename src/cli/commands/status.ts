import { nextCommand } from '../../command-line.js'
import { typedName } from '../../report/text/sentences.js'
import { isWrong } from '../../report/text/status-lines.js'
import { checksFailed } from '../checks-failed.js'
import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { duration, flag, negatable, type Values } from '../options.js'
import { usageError } from '../usage-error.js'

const options = {
  checks: negatable({ summary: 'do not judge what is wrong with it now', group: 'Checks', on: true }),
  exitStatus: flag({ summary: 'exit with 3 where something fails', group: 'Checks' }),
  watch: flag({ summary: 'look again and again, until Ctrl-C', group: 'Behaviour' }),
  interval: duration({
    summary: 'with --watch: between two looks (default 5s, at least 2s)',
    group: 'Behaviour',
  }),
} as const

const usualMs = 5_000
const leastMs = 2_000

/** @throws SqsTriggerError USAGE for what contradicts itself. */
function check({ watch, interval, exitStatus, checks }: Values<typeof options>, endless: boolean): void {
  if (interval !== undefined && !watch) throw usageError('--interval needs --watch')
  if (interval !== undefined && interval < leastMs) {
    throw usageError('--interval takes no less than 2s: AWS counts every look', 'for example: --interval 5s')
  }
  if (watch && exitStatus) throw usageError('--watch and --exit-status contradict each other')
  if (exitStatus && checks === false) throw usageError('--exit-status and --no-checks contradict each other')
  if (watch && !endless) {
    throw usageError('--watch never ends, and a JSON document has an end', 'give --output ndjson with it')
  }
}

export default defineCommand({
  name: 'status',
  positionals: mappingPositionals,
  summary: 'Show one mapping, its settings, its queue, and what is wrong now',
  description:
    'Shows the state of an event source mapping with the reason that AWS gives, its settings, how many messages wait in the queue and in its dead-letter queue, what is wrong with it now, and where to look in the AWS console. A mapping can go wrong after it was made: the preflight says how that is mended.',
  options,
  needs: { interval: 'watch' },
  obeys: { input: true },
  examples: [
    { command: 'sqs-trigger status orders', does: 'the mapping of this queue' },
    { command: 'sqs-trigger status orders order-worker', does: 'where the queue has several' },
    { command: 'sqs-trigger status orders --watch', does: 'until Ctrl-C' },
    { command: 'sqs-trigger status 7c1d2f0a --json', does: 'by the beginning of its UUID' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  formats: ['text', 'json', 'ndjson'],
  run: async ({ values, positionals }, context) => {
    const { json, output, query } = context.globals
    check(values, !json && output !== 'json' && query === undefined)
    const reference = await mappingReference(positionals.mapping, context)
    if (values.watch) {
      const { watchMapping } = await import('../../operations/watch.js')
      const named = positionals.function === undefined ? {} : { functionName: positionals.function }
      const request = { mapping: reference, ...named, intervalMs: values.interval ?? usualMs }
      return context.run(watchMapping(request, await context.session()))
    }
    const { readStatus } = await import('../../operations/status.js')
    const session = await context.session()
    const checks = values.checks !== false
    const status = await context.run(readStatus(reference, positionals.function, session, { checks }))
    const findings = status.findings ?? []
    const failed = findings.filter((finding) => finding.status === 'fail')
    const error = values.exitStatus ? checksFailed(failed, findings) : undefined
    const { queueArn, functionArn } = status.mapping
    const names = [queueArn, functionArn].map((arn) => typedName(arn, status.context.account))
    const command = nextCommand(context.connection, 'preflight', ...names)
    const next = findings.some(isWrong) ? [{ command, does: 'what mends it' }] : []
    return { kind: 'status', status, next, ...(error === undefined ? {} : { error }) }
  },
})
