import { defineAction } from '../../define-action.js'
import { text, texts } from '../../members.js'
import { findTagged, isMappingArn, replaceTags } from '../tagged-mapping.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html, for event source mappings */
export default defineAction({
  service: 'lambda',
  name: 'UntagResource',
  rest: {
    method: 'DELETE',
    path: '/2017-03-31/tags/{Resource}',
    status: 204,
    takes: isMappingArn,
    lists: { tagKeys: 'TagKeys' },
  },
  decode: (raw) => ({ arn: text(raw, 'Resource') ?? '', keys: texts(raw, 'TagKeys') ?? [] }),
  needs: ({ arn, keys }) => [
    { action: 'lambda:UntagResource', resource: arn, facts: { 'aws:TagKeys': keys } },
  ],
  run: ({ arn, keys }, call) => {
    const mapping = findTagged(call, arn)
    const kept = Object.entries(mapping.tags).filter(([key]) => !keys.includes(key))
    replaceTags(call, mapping, Object.fromEntries(kept))
  },
})
