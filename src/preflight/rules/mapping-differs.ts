import { toolCommand, updateCommand } from '../../operations/command-line.js'
import { compareSettings } from '../../operations/compare-settings.js'
import { exampleMapping } from '../example-mapping.js'
import { existingOf } from '../existing-of.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'mapping-differs',
  group: 'mapping',
  title: 'A mapping of this queue and function exists with other settings',
  severity: 'error',
  enforcedByAws: true,
  subject: 'mapping',
  needs: ['mappings', 'settings', 'placement'],
  why: 'AWS allows one mapping for a queue and a function, and refuses a second. What was not asked for is left as it is.',
  example: {
    bad: { mappings: [exampleMapping], settings: { batchSize: 5 } },
    good: { mappings: [exampleMapping], settings: { batchSize: 10 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html'],
  judge: ({ mappings, settings, placement }) => {
    const mapping = existingOf(mappings, placement)
    if (mapping === undefined) return skip('This queue and function have no mapping yet.')
    const { outcome, differences } = compareSettings(settings, mapping)
    const grounds = {
      observed: differences.map(({ found }) => found),
      expected: differences.map(({ wanted }) => wanted),
    }
    return outcome === 'unchanged'
      ? good(`Mapping ${mapping.uuid} has every setting that was asked for.`, grounds)
      : bad({ mapping, settings, differences, disabled: outcome === 'disabled' }, grounds)
  },
  message: ({ mapping, differences, disabled }) => {
    if (disabled) return `Mapping ${mapping.uuid} exists as asked for, but is ${mapping.state}.`
    const list = differences.map(
      ({ setting, wanted, found }) =>
        `${setting.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} is ${JSON.stringify(found)}, ${JSON.stringify(wanted)} was asked for`,
    )
    return `Mapping ${mapping.uuid} exists with other settings: ${list.join('; ')}.`
  },
  fix: ({ mapping, settings, differences }, context) => ({
    summary: 'Change the mapping, or delete it and run this again.',
    commands: [
      { shell: 'posix', text: updateCommand(context, mapping, settings, differences) },
      { shell: 'posix', text: toolCommand(context, 'unwire', mapping.uuid) },
    ],
    automatic: false,
  }),
})
