import { jsonText } from '../../json-text.js'
import type { PolicyRequest, PolicyResult } from '../../operations/policy/request.js'
import { extras } from '../../permissions/caller-extras.js'
import type { GeneratedPolicy } from '../../permissions/policy-template.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { choice, choices, text, type Values } from '../options/options.js'
import { targetOptions, targetPositionals } from '../options/preflight-options.js'
import { attaching } from '../policy-attaching.js'
import { target } from '../target.js'
import { quoted, usageError } from '../usage-error.js'

const options = {
  ...targetOptions,
  for: choice(['role', 'caller', 'queue', 'key', 'all'], {
    summary: 'whose policy (default all that apply)',
    group: 'Selection',
  }),
  with: choices(['fix', ...extras], {
    summary: 'also what these need; fix in a document of its own',
    group: 'Selection',
  }),
  kmsCondition: choice(['context', 'via', 'none'], {
    summary: "bind the key to this queue's messages, to SQS, or not at all (default context)",
    group: 'Settings',
  }),
  roleArn: text({
    summary: 'the execution role, where the function cannot be read',
    group: 'Settings',
    placeholder: 'arn',
  }),
  keyArn: text({
    summary: 'the key of the queue, where it cannot be read; none: no key of your own',
    group: 'Settings',
    placeholder: 'arn|none',
  }),
  callerArn: text({
    summary: 'the user or role that is to run the commands (default: you)',
    group: 'Settings',
    placeholder: 'arn',
  }),
  deadLetterQueue: text({
    summary: 'the dead-letter queue, where the queue cannot be read',
    group: 'Settings',
    placeholder: 'arn',
  }),
  boundaryArn: text({
    summary: 'let --fix change the role only while it has this permissions boundary',
    group: 'Settings',
    placeholder: 'arn',
  }),
  format: choice(['json', 'cloudformation', 'terraform'], {
    summary: 'the documents themselves, or a template (default json)',
    group: 'Output',
  }),
} as const

/** Pure: what was typed as the request of the operation. */
export function policyRequest(
  values: Values<typeof options>,
  names: { readonly queue: string; readonly function: string },
): PolicyRequest {
  const { for: part = 'all', with: more, kmsCondition = 'context' } = values
  const { roleArn, keyArn, callerArn, deadLetterQueue, boundaryArn } = values
  if (more.length > 0 && part !== 'all' && part !== 'caller')
    throw usageError(
      `--with ${more[0]} belongs to the caller, not to --for ${part}`,
      'add --for caller, or leave it out',
    )
  checkArn('--role-arn', roleArn, /:iam::\d{12}:role\/./, 'arn:aws:iam::111122223333:role/worker-role')
  checkArn(
    '--caller-arn',
    callerArn,
    /:iam::\d{12}:(user|role)\/./,
    'arn:aws:iam::111122223333:role/deployer',
  )
  checkArn(
    '--dead-letter-queue',
    deadLetterQueue,
    /:sqs:[a-z0-9-]+:\d{12}:[\w.-]+$/,
    'arn:aws:sqs:eu-west-1:111122223333:orders-dead-letter',
  )
  checkArn(
    '--boundary-arn',
    boundaryArn,
    /:iam::(\d{12}|aws):policy\/./,
    'arn:aws:iam::111122223333:policy/boundary',
  )
  // An alias is no name that a policy may use.
  if (keyArn !== 'none')
    checkArn(
      '--key-arn',
      keyArn,
      /:kms:[a-z0-9-]+:\d{12}:key\/./,
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, or none',
    )
  return {
    ...names,
    for: part,
    withFix: more.includes('fix'),
    with: extras.filter((extra) => more.includes(extra)),
    keyCondition: kmsCondition,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(keyArn === undefined ? {} : { keyArn: keyArn === 'none' ? null : keyArn }),
    ...(callerArn === undefined ? {} : { callerArn }),
    ...(deadLetterQueue === undefined ? {} : { deadLetterQueueArn: deadLetterQueue }),
    ...(boundaryArn === undefined ? {} : { boundaryArn }),
  }
}

export default defineCommand({
  name: 'policy',
  positionals: targetPositionals,
  summary: 'Print least-privilege policies for role, caller, queue and key',
  description:
    'Writes the smallest policies with which this queue can run this function: for the execution role, for whoever runs sqs-trigger and, across accounts, the statements for the policies of queue and key. One document is printed as it is, several as members of one object. Nothing is changed. With full ARNs, --role-arn and --key-arn AWS is not asked.',
  options,
  obeys: { input: true },
  examples: [
    { command: 'sqs-trigger policy orders order-worker', does: 'all that apply' },
    { command: 'sqs-trigger policy orders order-worker --for role > policy.json', does: 'for aws-cli' },
    {
      command:
        'sqs-trigger policy orders order-worker --for caller --caller-arn arn:aws:iam::111122223333:role/ci',
      does: 'for a build server',
    },
    { command: 'sqs-trigger policy orders order-worker --format cloudformation', does: 'as a template' },
    {
      command: 'sqs-trigger policy orders order-worker --with fix --format terraform',
      does: 'with what --fix needs',
    },
    {
      command: 'sqs-trigger policy orders order-worker --for caller --with update --with redrive',
      does: 'for the whole life of the trigger',
    },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  run: async ({ values, positionals }, context) => {
    const request = policyRequest(values, await target(positionals, 'policy', true, context))
    const { generatePolicies } = await import('../../operations/policy.js')
    const result = await context.run(generatePolicies(request, context.session))
    const { format = 'json' } = values
    const text = format === 'json' ? plain(result.documents) : await template(format, result, context)
    const { documents } = result
    if (format === 'json')
      for (const line of attaching(request, result, context.connection)) context.reporter.note(line)
    return {
      kind: 'said',
      lines: text.split('\n'),
      result: { documents, template: format === 'json' ? null : text },
    }
  },
})

/** One document is one that aws-cli takes; several are told apart by whose they are. */
function plain(documents: readonly GeneratedPolicy[]): string {
  const [only, ...others] = documents
  const all = Object.fromEntries(documents.map(({ for: part, document }) => [part, document]))
  return jsonText(only !== undefined && others.length === 0 ? only.document : all, 2)
}

/** A template is deployed into one account: what belongs in another is left out, and said. */
async function template(
  format: 'cloudformation' | 'terraform',
  { documents }: PolicyResult,
  { reporter }: CommandContext,
): Promise<string> {
  const { parted } = await import('../../permissions/policy-template.js')
  const nameless = documents.find(({ for: part, attachTo }) => part === 'role' && attachTo === null)
  if (nameless)
    throw usageError('a template names the execution role, which is not known', 'add --role-arn <arn>')
  const account = documents[0]?.account
  const here = documents.filter((document) => document.account === account)
  for (const { for: part, account: elsewhere } of documents.filter(
    (document) => document.account !== account,
  ))
    reporter.note(`The ${part} is in account ${elsewhere}: print its template with --for ${part}.`)
  if (format === 'terraform') {
    const { terraformConfiguration } = await import('../../permissions/policy-template-terraform.js')
    return terraformConfiguration(here)
  }
  if (parted(here).whole.length === 0) {
    throw usageError(
      `CloudFormation has no resource for one statement of the policy of a ${here[0]?.for ?? 'resource'}`,
      'take --format json, and add the statement where the policy is written',
    )
  }
  const { cloudFormationTemplate } = await import('../../permissions/policy-template-cloudformation.js')
  return cloudFormationTemplate(here)
}

function checkArn(flag: string, given: string | undefined, form: RegExp, example: string): void {
  if (given === undefined || (/^arn:[a-z-]+:/.test(given) && form.test(given))) return
  throw usageError(`${flag} does not take ${quoted(given)}`, `for example: ${flag} ${example}`)
}
