import { defineAction } from '../../define-action.js'
import { findFunction } from '../../lambda/find-function.js'
import { text } from '../../members.js'
import { findTagged, isMappingArn } from '../tagged-mapping.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html, for event source mappings and functions */
export default defineAction({
  service: 'lambda',
  name: 'ListTags',
  rest: { method: 'GET', path: '/2017-03-31/tags/{Resource}', status: 200 },
  decode: (raw) => ({ Resource: text(raw, 'Resource') ?? '' }),
  needs: ({ Resource }) => [{ action: 'lambda:ListTags', resource: Resource }],
  run: ({ Resource }, call) => ({
    Tags: isMappingArn({ Resource })
      ? findTagged(call, Resource).tags
      : Object.fromEntries(findFunction(call.world, Resource, undefined, call).fn.tags),
  }),
})
