import { compareExisting } from '../compare-existing.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good, skip, unsure } from '../rule.js'

export default defineRule({
  slug: 'mapping-exists',
  group: 'mapping',
  title: 'The mapping exists already, as asked for',
  severity: 'info',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['existingMapping', 'settings'],
  why: 'There is nothing to create: running the same command again changes nothing.',
  example: { bad: { existingMapping: { mapping: exampleMapping } }, good: { existingMapping: null } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  judge: ({ existingMapping, settings }, { queueName, functionName }) => {
    if (existingMapping === null)
      return good(`Queue ${queueName} and function ${functionName} have no mapping yet.`, { observed: null })
    const { mapping, unread } = existingMapping
    if (compareExisting(settings, existingMapping).outcome !== 'unchanged')
      return skip('It exists otherwise than asked for, which is worse.')
    if (unread !== undefined) return unsure(unread.reason, {}, unread.permission)
    return bad(mapping, { observed: mapping.uuid })
  },
  message: ({ uuid, state }, { queueName, functionName }) =>
    `Queue ${queueName} and function ${functionName} are wired already: mapping ${uuid}, ${state}.`,
  fix: () => null,
})
