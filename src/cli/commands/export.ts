import { exportFormatNames, exportFormats } from '../../export/export-formats.js'
import { defineCommand } from '../define-command.js'
import { choice, text } from '../options.js'

const options = {
  queue: text({ summary: 'only mappings of this queue', group: 'Selection', placeholder: 'name' }),
  function: text({ summary: 'only mappings of this function', group: 'Selection', placeholder: 'name' }),
  format: choice(exportFormatNames, { summary: 'what to write (default yaml)', group: 'Output' }),
} as const

export default defineCommand({
  name: 'export',
  positionals: {},
  summary: 'Write down the mappings that exist, as a file or as infrastructure code',
  description:
    'Reads the event source mappings of one account and Region, all of them or those of one queue or function, and writes them to stdout in the form that is asked for. Nothing is changed. The form yaml is the file that plan and apply read: on the file just written, plan says that nothing is to be done.',
  options,
  examples: [
    { command: 'sqs-trigger export > sqs-trigger.yaml', does: 'the file for plan and apply' },
    { command: 'sqs-trigger export --queue orders', does: 'the mappings of one queue' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'ACCESS_DENIED'],
  run: async ({ values }, context) => {
    const { queue, function: functionName, format: name = 'yaml' } = values
    const [{ default: format }, { gatherExport }] = await Promise.all([
      exportFormats[name](),
      import('../../export/gather-export.js'),
    ])
    const request = {
      ...(queue === undefined ? {} : { queue }),
      ...(functionName === undefined ? {} : { function: functionName }),
    }
    const world = await context.run(gatherExport(request, format.needs, await context.session()))
    const { text: written, notes } = format.write(world)
    for (const note of notes) context.reporter.note(note)
    return {
      kind: 'said',
      lines: written.trimEnd().split('\n'),
      result: { format: name, text: written, mappings: world.mappings.length, notes },
    }
  },
})
