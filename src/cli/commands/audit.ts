import { failLevels, strictnesses } from '../../preflight/strictness.js'
import { accountsToAudit } from '../audit-accounts.js'
import { auditAnswer } from '../audit-answer.js'
import { defineCommand } from '../define-command.js'
import { choice, flag, list, text } from '../options/options.js'
import { checkRuleNames } from '../options/rule-names.js'

const options = {
  regions: list({
    summary: 'look at these Regions, with commas between them; repeatable',
    group: 'Selection',
    placeholder: 'names',
    completes: 'region',
  }),
  allRegions: flag({ summary: 'look at every Region of the partition', group: 'Selection' }),
  profile: list({
    summary: 'look at the account of this profile; repeatable',
    group: 'AWS',
    placeholder: 'name',
    completes: 'profile',
  }),
  roleArn: list({
    summary: 'take this role, and look at its account; name=arn gives it a name; repeatable',
    group: 'AWS',
    placeholder: 'arn',
  }),
  ignore: list({
    summary: 'leave out a rule that AWS does not enforce; repeatable',
    group: 'Checks',
    placeholder: 'rule',
    completes: 'rule',
  }),
  failOn: choice(failLevels, { summary: 'findings that make it fail (default error)', group: 'Checks' }),
  strict: choice(strictnesses, {
    summary:
      'fail also where it cannot be told: core, because a policy or setting could not be read; all, for any reason (alone: all)',
    group: 'Checks',
    whenBare: 'all',
  }),
  baseline: text({
    summary: 'tell only what the JSON of this earlier audit does not know',
    group: 'Checks',
    placeholder: 'file',
    completes: 'file',
  }),
  allFindings: flag({ summary: 'list also what passed, and what did not apply', group: 'Checks' }),
} as const

export default defineCommand({
  name: 'audit',
  positionals: {},
  summary: 'Find what is wrong with all mappings of accounts and Regions',
  description:
    'Reads every event source mapping of SQS queues, with its queue, function and role, and judges each with the rules of the preflight; also mappings that were left behind or switched off, and queues that nothing uses. What several share is read once, and no faster than AWS allows. Regions and accounts that cannot be read are told, and end it with exit code 1. Nothing is changed.',
  options,
  formats: ['text', 'json', 'ndjson', 'junit', 'sarif', 'github', 'markdown', 'mermaid', 'html'],
  examples: [
    { command: 'sqs-trigger audit', does: 'the Region of your configuration' },
    { command: 'sqs-trigger audit --all-regions', does: 'everything in the account' },
    {
      command: 'sqs-trigger audit --regions eu-west-1,us-east-1 --output junit',
      does: 'for scripts: exit code 3 where something does not work',
    },
    {
      command: 'sqs-trigger audit --output html > audit.html',
      does: 'a page with pictures, to open in a browser',
    },
    { command: 'sqs-trigger audit --baseline before.json', does: 'only what is new since then' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'ACCESS_DENIED'],
  run: async ({ values }, context) => {
    const accounts = accountsToAudit(values, context)
    const ignore = values.ignore.flatMap((slugs) => slugs.split(',')).filter((slug) => slug !== '')
    await checkRuleNames({ ignore, only: [] }, context)
    const { allFindings, strict, failOn = 'error' } = values
    const { readBaseline } = await import('../files/baseline-file.js')
    const baseline = values.baseline === undefined ? undefined : await readBaseline(values.baseline)
    const [{ audit }, { systemClock }, { auditRendering: rendering }] = await Promise.all([
      import('../../fleet/audit.js'),
      import('../../clock.js'),
      import('../../report/audit-rendering.js'),
    ])
    if (baseline?.complete === false) {
      // What it did not see then seems new now.
      const message = `The audit in ${baseline.file} was not complete: what it did not look at counts as new.`
      context.reporter.on({ type: 'warning', message })
    }
    const { signal, host } = context
    // What it waits for is AWS, whose limits are far below what this machine could do.
    host.saveMemory?.()
    const request = { accounts, ignore, allFindings, strict, baseline }
    const result = await context.run(audit(request, { clock: systemClock, signal }))
    return auditAnswer(result, { failOn, strict, rendering, signal })
  },
})
