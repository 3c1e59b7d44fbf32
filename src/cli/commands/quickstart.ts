import { quickstartName } from '../../command-line.js'
import type { QuickstartRequest } from '../../operations/quickstart/results.js'
import type { Outcome } from '../../report/outcome.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { requireAnswers } from '../missing-answers.js'
import { settingsIn } from '../options/mapping-options.js'
import { choice, flag, list, negatable, text, type Values } from '../options/options.js'
import { quoted, usageError } from '../usage-error.js'

const options = {
  name: text({ summary: `name of the stack (default ${quickstartName})`, group: 'Settings' }),
  fifo: flag({ summary: 'a FIFO queue, which keeps the order', group: 'Settings' }),
  tag: list({
    summary: 'tag of queues, function and mapping; repeatable',
    group: 'Settings',
    placeholder: 'key=value',
  }),
  sms: text({
    summary: 'send each message to this phone, too (AWS charges for it)',
    group: 'Settings',
    placeholder: 'number',
  }),
  sendTest: negatable({ summary: 'send no test messages', group: 'Behaviour', on: true }),
  print: choice(['yaml', 'json', 'policy'], {
    summary: 'print the template, or the rights that you need; AWS is not asked (alone: yaml)',
    group: 'Behaviour',
    placeholder: 'yaml|json|policy',
    whenBare: 'yaml',
  }),
  delete: flag({ summary: 'delete the stack with all that it made', group: 'Behaviour' }),
} as const

type QuickstartValues = Values<typeof options>

/** @throws SqsTriggerError USAGE for what contradicts itself, and for a name, number or tag that AWS would refuse. */
function readRequest(values: QuickstartValues): QuickstartRequest {
  const { name, fifo, sms, tag, sendTest, print } = values
  const making = [
    ...(fifo ? ['--fifo'] : []),
    ...(tag.length > 0 ? ['--tag'] : []),
    ...(sms === undefined ? [] : ['--sms']),
    ...(sendTest === false ? ['--no-send-test'] : []),
    ...(print === undefined ? [] : ['--print']),
  ]
  if (values.delete && making[0] !== undefined) {
    throw usageError(`--delete and ${making[0]} contradict each other`)
  }
  // The longest name of a queue is 80 characters, and CloudFormation adds to it.
  if (name !== undefined && !/^[A-Za-z][A-Za-z0-9-]{0,49}$/.test(name)) {
    throw usageError(
      `--name does not take ${quoted(name)}`,
      'letters, digits and hyphens, a letter first, at most 50: --name my-first-trigger',
    )
  }
  // E.164: https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html
  if (sms !== undefined && !/^\+[1-9]\d{7,14}$/.test(sms)) {
    throw usageError(`--sms does not take ${quoted(sms)}`, 'a number as +4915112345678')
  }
  const { tags } = settingsIn({ ...noSettings, tag })
  const reserved = Object.entries(tags ?? {}).find(
    ([key, value]) => /^aws:/i.test(key) || key.length > 128 || value.length > 256,
  )
  if (reserved) {
    throw usageError(
      `--tag does not take ${quoted(reserved.join('='))}`,
      'a key of at most 128 characters that does not begin with aws:, and a value of at most 256',
    )
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(fifo ? { fifo } : {}),
    ...(sms === undefined ? {} : { sms: true }),
    ...(tags === undefined ? {} : { tags }),
  }
}

const noSettings = {
  batchSize: undefined,
  batchWindow: undefined,
  maxConcurrency: undefined,
  minimumPollers: undefined,
  maximumPollers: undefined,
  reportBatchItemFailures: undefined,
  eventCountMetrics: undefined,
  filter: [],
}

export default defineCommand({
  name: 'quickstart',
  positionals: {},
  summary: 'Make a whole trigger from nothing, and prove that it works',
  description:
    'Makes a queue, its dead-letter queue, a function that logs each message, its role and log, and the mapping between them, as one CloudFormation stack; shows what happens to it, sends test messages and proves that they arrive. Running it again changes nothing, and goes on where it was interrupted. --delete takes all of it away. CloudFormation works with your rights: you need those to make and delete such resources (--print policy).',
  options,
  obeys: {
    timeout:
      'limit of the wait for the stack (default 10 minutes), and of each proof (default: as long as a delivery may take)',
    yes: true,
    input: true,
    dryRun: true,
  },
  examples: [
    { command: 'sqs-trigger quickstart', does: 'shows what will be made, asks, makes it, proves it' },
    { command: 'sqs-trigger quickstart --fifo --tag team=orders --yes', does: 'a FIFO queue, tagged' },
    { command: 'sqs-trigger quickstart --print > template.yaml', does: 'the template, for your own tools' },
    { command: 'sqs-trigger quickstart --delete', does: 'shows what goes, asks, deletes it' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED', 'NOT_DELIVERED'],
  run: async ({ values }, context) => {
    const request = readRequest(values)
    if (values.print !== undefined) return printed(request, values.print, context)
    const { globals } = context
    requireAnswers(
      [{ what: '--yes (or --dry-run)', given: globals.yes || globals.dryRun, type: '--yes' }],
      context,
    )
    return values.delete ? remove(request, context) : make(request, values, context)
  },
})

async function printed(
  { name, fifo = false, sms = false, tags = {} }: QuickstartRequest,
  form: 'yaml' | 'json' | 'policy',
  { connection }: CommandContext,
): Promise<Outcome> {
  if (form === 'policy') {
    const { quickstartPolicy } = await import('../../permissions/quickstart-policy.js')
    const { partitionOf } = await import('../../partition.js')
    const { region = '*' } = connection
    const partition = partitionOf(region).name
    const policy = quickstartPolicy({ partition, region, account: '*', name: name ?? quickstartName })
    return { kind: 'said', lines: JSON.stringify(policy, null, 2).split('\n'), result: { policy } }
  }
  const { quickstartTemplate } = await import('../../operations/quickstart/template.js')
  const { templateYaml } = await import('../../export/template-yaml.js')
  const template = quickstartTemplate({ fifo, sms, tags })
  const written = form === 'yaml' ? templateYaml(template) : JSON.stringify(template, null, 2)
  return { kind: 'said', lines: written.split('\n'), result: { template } }
}

async function make(
  request: QuickstartRequest,
  { sms, sendTest }: QuickstartValues,
  context: CommandContext,
): Promise<Outcome> {
  const { makeQuickstart } = await import('../quickstart-run.js')
  return makeQuickstart(request, { phoneNumber: sms, sendTest: sendTest !== false }, context)
}

async function remove(request: QuickstartRequest, context: CommandContext): Promise<Outcome> {
  const { removeQuickstart } = await import('../quickstart-run.js')
  return removeQuickstart(request, context)
}
