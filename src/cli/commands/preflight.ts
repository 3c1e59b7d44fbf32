import type { PreflightResult } from '../../operations/run-preflight.js'
import { blocking, failLevels, judgedStrictly, strictnesses } from '../../preflight/strictness.js'
import type { Outcome, RepairTold } from '../../report/outcome.js'
import { showRepaired } from '../beside-the-answer.js'
import { checksFailed } from '../checks-failed.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { projectOptions } from '../files/project-file.js'
import { withProjectIgnores } from '../files/project-ignores.js'
import { readSamples } from '../files/sample-files.js'
import { fixOffer } from '../fix-offer.js'
import { judgedAgain, type Mended, mend, mendedParts } from '../mend.js'
import { checkFixValues } from '../options/fix-values.js'
import { choice, flag, list, type Values } from '../options/options.js'
import {
  preflightOptions,
  preflightRequest,
  targetOptions,
  targetPositionals,
} from '../options/preflight-options.js'
import { checkRuleNames } from '../options/rule-names.js'
import { target } from '../target.js'

const options = {
  ...preflightOptions,
  ...targetOptions,
  ...projectOptions,
  failOn: choice(failLevels, { summary: 'findings that make it fail (default error)', group: 'Checks' }),
  strict: choice(strictnesses, {
    summary:
      'fail also where it cannot be told: core, because a policy or setting could not be read; all, for any reason (alone: all)',
    group: 'Checks',
    whenBare: 'all',
  }),
  exitZero: flag({
    summary: 'exit with 0 whatever is found; the answer stays as it is',
    group: 'Checks',
  }),
  sendTest: flag({ summary: 'check also what a test message needs', group: 'Message' }),
  sample: list({
    summary: 'say whether the filters keep the message in this file (- is standard input); repeatable',
    group: 'Message',
    placeholder: 'file',
    completes: 'file',
  }),
} as const

export default defineCommand({
  name: 'preflight',
  positionals: targetPositionals,
  summary: 'Check whether a queue can be connected to a function, and why not',
  description:
    'Reads the queue, the function, its execution role and your own permissions, and judges whether Lambda would accept the mapping and whether it would work. What could not be read is unknown, never passed. With settings, those are judged as well. Nothing is changed, unless --fix says so: then it shows each change with its full JSON, asks, makes it, and checks again.',
  options,
  project: true,
  obeys: { yes: true, input: true, dryRun: true },
  needs: { dryRun: 'fix', allowDrift: 'fix' },
  formats: ['text', 'json', 'ndjson', 'junit', 'sarif', 'github', 'markdown'],
  examples: [
    { command: 'sqs-trigger preflight orders order-worker', does: 'would it work?' },
    { command: 'sqs-trigger preflight orders order-worker --fix', does: 'mend what can be mended' },
    {
      command: 'sqs-trigger preflight orders order-worker:live --batch-size 100 --batch-window 5',
      does: 'with these settings',
    },
    {
      command: `sqs-trigger preflight orders order-worker --filter '{"body":{"kind":["order"]}}' --sample body.json`,
      does: 'would this message be kept?',
    },
    {
      command: 'sqs-trigger preflight orders order-worker --strict=core --output junit',
      does: 'for scripts: exit code 3 when it would not work, or when that cannot be told',
    },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT'],
  run: async ({ values, positionals }, context) => {
    const { globals } = context
    checkFixValues(values, globals, false)
    const agreed = !values.fix || globals.yes || globals.dryRun
    const typed = preflightRequest(values, await target(positionals, 'preflight', agreed, context))
    await checkRuleNames(typed, context)
    const asked = await withProjectIgnores(typed, context)
    const samples = await readSamples(values.sample, context)
    const request = {
      ...asked,
      ...(samples.length === 0 ? {} : { samples }),
      // Known while judging, so that a stream says the same as the answer.
      ...(values.strict === undefined ? {} : { strict: values.strict }),
    }
    const { runPreflight } = await import('../../operations/run-preflight.js')
    const session = await context.session()
    const first = await context.run(runPreflight(request, session))
    if (!values.fix) return answer(first, undefined, values, context)
    const mended = await mend(first, values, session, context)
    if (mended.made.length === 0) return mendedAnswer(first, mended)
    const { waitForRepair } = await import('../../operations/repair/wait.js')
    const about = { request, rules: mendedParts(mended.made).rules }
    const { result, pending } = await context.run(waitForRepair(about, session))
    return mendedAnswer(result, judgedAgain(mended, pending))

    async function mendedAnswer(found: PreflightResult, after: Mended): Promise<Outcome> {
      await showRepaired(after.repairs, context)
      return answer(found, after, values, context)
    }
  },
})

/** What was found last decides: after repairs, that is what they left. */
function answer(
  { context: caller, target: found, findings: judged, samples }: PreflightResult,
  mended: Mended | undefined,
  { failOn = 'error', strict, exitZero }: Values<typeof options>,
  context: Pick<CommandContext, 'host' | 'globals' | 'prompter'>,
): Outcome {
  const findings = judgedStrictly(judged, strict)
  const stopping = blocking(findings, { failOn, strict })
  const error = checksFailed(stopping, findings, {
    strict,
    made: mended?.made.length ?? 0,
    ...fixOffer(mended, context),
  })
  const repairs: { repairs?: readonly RepairTold[] } = mended === undefined ? {} : { repairs: mended.repairs }
  return {
    kind: 'preflight',
    report: { context: caller, target: found, findings, ...(samples === undefined ? {} : { samples }) },
    blocking: stopping,
    ...repairs,
    ...(exitZero ? { exitZero } : {}),
    ...(error ? { error } : {}),
  }
}
