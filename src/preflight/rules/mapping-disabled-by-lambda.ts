import { toolCommand } from '../../command-line.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good, skip, unsure } from '../rule.js'

/** `USER_INITIATED` for queues; `User action` for streams, and local endpoints have forms of their own. */
const byUser = /^user[ _-]/i

export default defineRule({
  slug: 'mapping-disabled-by-lambda',
  group: 'audit',
  title: 'The mapping was switched off, and not by a user',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['existingMapping'],
  why: 'AWS gives a reason for each change of state, and names the user where one made it. Where Lambda has switched a mapping off, it does so again unless the cause is mended.',
  example: {
    bad: {
      existingMapping: {
        mapping: { ...exampleMapping, state: 'Disabled', stateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR' },
      },
    },
    good: {
      existingMapping: {
        mapping: { ...exampleMapping, state: 'Disabled', stateTransitionReason: 'USER_INITIATED' },
      },
    },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html'],
  judge: ({ existingMapping }) => {
    if (existingMapping === null) return skip('This queue and function have no mapping.')
    const { uuid, state, stateTransitionReason: reason } = existingMapping.mapping
    const grounds = { observed: { state, reason: reason ?? null }, expected: 'Enabled, or a user’s decision' }
    if (state !== 'Disabled') return good(`Mapping ${uuid} is ${state}, not Disabled.`, grounds)
    if (!reason) return unsure(`AWS gives no reason why mapping ${uuid} is Disabled`, grounds)
    return byUser.test(reason)
      ? good(`Mapping ${uuid} is Disabled by a user (${reason}).`, grounds)
      : bad({ uuid, reason }, grounds)
  },
  message: ({ uuid, reason }) =>
    `Mapping ${uuid} is Disabled, and not by a user: AWS gives the reason "${reason}".`,
  fix: ({ uuid }, context) => ({
    summary: 'Mend what the reason names, look at the rights of the role, then switch it on.',
    commands: [{ shell: 'posix', text: toolCommand(context, 'enable', uuid) }],
    automatic: false,
  }),
})
