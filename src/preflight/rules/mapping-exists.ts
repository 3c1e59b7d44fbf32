import { compareSettings } from '../../operations/compare-settings.js'
import { exampleMapping } from '../example-mapping.js'
import { existingOf } from '../existing-of.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'mapping-exists',
  group: 'mapping',
  title: 'The mapping exists already, as asked for',
  severity: 'info',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['mappings', 'settings', 'placement'],
  why: 'There is nothing to create: running the same command again changes nothing.',
  example: { bad: { mappings: [exampleMapping] }, good: { mappings: [] } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  judge: ({ mappings, settings, placement }, { queueName, functionName }) => {
    const mapping = existingOf(mappings, placement)
    if (mapping === undefined)
      return good(`Queue ${queueName} and function ${functionName} have no mapping yet.`, { observed: null })
    if (compareSettings(settings, mapping).outcome !== 'unchanged')
      return skip('It exists otherwise than asked for, which is worse.')
    return bad(mapping, { observed: mapping.uuid })
  },
  message: ({ uuid, state }, { queueName, functionName }) =>
    `Queue ${queueName} and function ${functionName} are wired already: mapping ${uuid}, ${state}.`,
  fix: () => null,
})
