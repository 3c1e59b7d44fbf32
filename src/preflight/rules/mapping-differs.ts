import { toolCommand, updateCommand } from '../../command-line.js'
import { updateTo } from '../../mapping-update.js'
import { differenceWords } from '../../setting-words.js'
import { compareExisting } from '../compare-existing.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good, skip, unsure } from '../rule.js'

export default defineRule({
  slug: 'mapping-differs',
  group: 'mapping',
  title: 'A mapping of this queue and function exists with other settings',
  severity: 'error',
  enforcedByAws: true,
  subject: 'mapping',
  needs: ['existingMapping', 'settings'],
  why: 'AWS allows one mapping for a queue and a function, and refuses a second. What was not asked for is left as it is.',
  example: {
    bad: { existingMapping: { mapping: exampleMapping }, settings: { batchSize: 5 } },
    good: { existingMapping: { mapping: exampleMapping }, settings: { batchSize: 10 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html'],
  judge: ({ existingMapping, settings }) => {
    if (existingMapping === null) return skip('This queue and function have no mapping yet.')
    const { mapping, unread } = existingMapping
    const { outcome, differences } = compareExisting(settings, existingMapping)
    const grounds = {
      observed: differences.map(({ found }) => found),
      expected: differences.map(({ wanted }) => wanted),
    }
    if (outcome !== 'unchanged') {
      const disabled = outcome === 'disabled'
      return bad({ mapping, settings, differences, disabled, compared: unread === undefined }, grounds)
    }
    if (unread !== undefined) return unsure(unread.reason, {}, unread.permission)
    return good(`Mapping ${mapping.uuid} has every setting that was asked for.`, grounds)
  },
  message: ({ mapping, differences, disabled, compared }) => {
    if (disabled) {
      return `Mapping ${mapping.uuid} exists${compared ? ' as asked for' : ''}, but is ${mapping.state}.`
    }
    const list = differences.map(differenceWords).join('; ')
    return `Mapping ${mapping.uuid} exists with other settings: ${list}.`
  },
  fix: ({ mapping, settings, differences }, context) => ({
    summary: 'Change the mapping, or delete it and run this again.',
    commands: [
      { shell: 'posix', text: updateCommand(context, mapping.uuid, updateTo(settings, differences)) },
      { shell: 'posix', text: toolCommand(context, 'unwire', mapping.uuid) },
    ],
    automatic: false,
  }),
})
