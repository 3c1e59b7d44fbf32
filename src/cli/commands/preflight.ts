import { blockingFindings, checksFailed } from '../checks-failed.js'
import { defineCommand } from '../define-command.js'
import { flag } from '../options.js'
import { preflightOptions, preflightRequest, targetPositionals } from '../preflight-options.js'
import { checkRuleNames } from '../rule-names.js'
import { target } from '../target.js'

const options = {
  ...preflightOptions,
  sendTest: flag({ summary: 'check also what a test message needs', group: 'Message' }),
} as const

export default defineCommand({
  name: 'preflight',
  positionals: targetPositionals,
  summary: 'Check whether a queue can be connected to a function; change nothing',
  description:
    'Reads the queue, the function, its execution role and your own permissions, and judges whether Lambda would accept the mapping and whether it would work. Only reading calls are made. What could not be read is unknown, never passed. With settings, those are judged as well.',
  options,
  obeys: { input: true },
  examples: [
    { command: 'sqs-trigger preflight orders order-worker', does: 'would it work?' },
    {
      command: 'sqs-trigger preflight orders order-worker:live --batch-size 100 --batch-window 5',
      does: 'with these settings',
    },
    {
      command: 'sqs-trigger preflight orders order-worker --json',
      does: 'for scripts: exit code 3 when it would not',
    },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  run: async ({ values, positionals }, context) => {
    const request = preflightRequest(values, await target(positionals, 'preflight', true, context))
    await checkRuleNames(request.ignore, context)
    const { runPreflight } = await import('../../preflight/run-preflight.js')
    const {
      context: caller,
      target: found,
      findings,
    } = await context.run(runPreflight(request, await context.session()))
    const error = checksFailed(blockingFindings(findings, values.failOn ?? 'error'), findings)
    const report = { context: caller, target: found, findings }
    return { kind: 'preflight', report, ...(error ? { error } : {}) }
  },
})
