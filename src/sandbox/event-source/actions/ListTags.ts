import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { findTagged, findTaggedFunction, isMappingArn } from '../tagged-resource.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html, for event source mappings and functions */
export default defineAction({
  service: 'lambda',
  name: 'ListTags',
  rest: { method: 'GET', path: '/2017-03-31/tags/{Resource}', status: 200 },
  decode: (raw) => ({ Resource: text(raw, 'Resource') ?? '' }),
  needs: ({ Resource }) => [{ action: 'lambda:ListTags', resource: Resource }],
  run: ({ Resource }, call) => ({
    Tags: isMappingArn(Resource)
      ? findTagged(call, Resource).tags
      : Object.fromEntries(findTaggedFunction(call, Resource).tags),
  }),
})
