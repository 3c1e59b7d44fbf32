import { awsCommand, type Destination, nextCommand } from '../../command-line.js'
import type { Takeover } from '../../export/export-format.js'
import { exportFormatNames, exportFormats } from '../../export/export-formats.js'
import { defineCommand } from '../define-command.js'
import { choice, flag, text } from '../options/options.js'
import { usageError } from '../usage-error.js'

const options = {
  queue: text({ summary: 'only mappings of this queue', group: 'Selection', placeholder: 'name' }),
  function: text({ summary: 'only mappings of this function', group: 'Selection', placeholder: 'name' }),
  format: choice(exportFormatNames, { summary: 'what to write (default yaml)', group: 'Output' }),
  with: choice(['queues'], {
    summary: 'also the queues and their dead-letter queues, as resources of the code',
    group: 'Selection',
  }),
  import: flag({ summary: 'print what takes over what exists, instead, and how', group: 'Output' }),
} as const

export default defineCommand({
  name: 'export',
  positionals: {},
  summary: 'Write down the mappings that exist, as a file or as infrastructure code',
  description:
    'Reads the event source mappings of one account and Region, all of them or those of one queue or function, and writes them to stdout in the form that is asked for. Nothing is changed. The form yaml is the file that plan and apply read: on the file just written, plan says that nothing is to be done. The others are infrastructure code: the mappings with every setting, and the least policies for their execution roles. Queues, functions and roles are named by parameters, and nothing names an account or a Region, so that the code can be used in others.',
  options,
  examples: [
    { command: 'sqs-trigger export > sqs-trigger.yaml', does: 'the file for plan and apply' },
    { command: 'sqs-trigger export --queue orders', does: 'the mappings of one queue' },
    {
      command: 'sqs-trigger export --format cloudformation > triggers.yaml',
      does: 'a template, for a stack or a stack set',
    },
    {
      command: 'sqs-trigger export --format cloudformation --import > import.json',
      does: 'what a stack needs to take over what exists',
    },
    { command: 'sqs-trigger export --function order-worker --format terraform', does: 'for Terraform' },
  ],
  needs: { import: 'format', with: 'format' },
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  run: async ({ values }, context) => {
    const {
      queue,
      function: functionName,
      format: name = 'yaml',
      import: importing = false,
      with: more,
    } = values
    const withQueues = more === 'queues'
    if ((importing || withQueues) && name === 'yaml') {
      throw usageError(
        `--${importing ? 'import' : 'with'} goes with infrastructure code`,
        'add --format cloudformation, sam, terraform or cdk',
      )
    }
    const [{ default: format }, { gatherExport }, { withoutStacked }] = await Promise.all([
      exportFormats[name](),
      import('../../export/gather-export.js'),
      import('../../export/without-stacked.js'),
    ])
    const request = {
      ...(queue === undefined ? {} : { queue }),
      ...(functionName === undefined ? {} : { function: functionName }),
    }
    const session = await context.session()
    const needs = [...format.needs, ...(withQueues ? (['queueTags'] as const) : [])]
    const whole = await context.run(gatherExport(request, needs, session))
    const isNamed = queue !== undefined || functionName !== undefined
    const { world, leftOut } =
      name === 'yaml' || (isNamed && !importing)
        ? { world: whole, leftOut: [] }
        : withoutStacked(whole, isNamed)
    const nothing = world.mappings.length === 0
    if (whole.mappings.length === 0) {
      const { nothingToExport } = await import('../../export/nothing-to-export.js')
      await context.run(nothingToExport(request, world.context, session))
    }
    const { text, notes: ofFormat, takeover } = format.write(world, { withQueues })
    const notes = [...leftOut, ...ofFormat]
    // A file without a single mapping is taken for one by whoever deploys it, or overwrites one that was good.
    const written = nothing ? '' : text
    const steps = takeover === undefined ? [] : commandLines(takeover, session.clients)
    const words = Object.entries({ queue, function: functionName, format: name, with: more }).flatMap(
      ([key, value]) => (value === undefined ? [] : [`--${key}`, value]),
    )
    const how = [
      'To take over what exists, instead of making it anew:',
      nextCommand(context.connection, 'export', ...words, '--import'),
    ]
    const beside = importing ? [...leftOut, ...steps] : [...notes, ...(takeover === undefined ? [] : how)]
    const empty = `There is no mapping of an SQS queue in ${world.context.region}: nothing is written down.`
    const told = !nothing ? beside : leftOut.length > 0 ? leftOut : [empty]
    for (const note of told) context.reporter.note(note)
    return {
      kind: 'said',
      lines: nothing ? [] : (importing && takeover ? takeover.text : text).trimEnd().split('\n'),
      result: {
        format: name,
        text: written,
        mappings: world.mappings.length,
        notes,
        import: takeover === undefined || nothing ? null : { text: takeover.text, steps },
      },
    }
  },
})

/** Sentences as they are, commands of aws-cli ready to paste. */
const commandLines = ({ steps }: Takeover, destination: Destination): readonly string[] =>
  steps.map((step) => (typeof step === 'string' ? step : awsCommand(destination, ...step)))
