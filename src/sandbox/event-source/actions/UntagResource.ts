import { defineAction } from '../../define-action.js'
import { text, texts } from '../../members.js'
import { findTagged, findTaggedFunction, isMappingArn, replaceTags } from '../tagged-resource.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html, for event source mappings and functions */
export default defineAction({
  service: 'lambda',
  name: 'UntagResource',
  rest: {
    method: 'DELETE',
    path: '/2017-03-31/tags/{Resource}',
    status: 204,
    lists: { tagKeys: 'TagKeys' },
  },
  decode: (raw) => ({ arn: text(raw, 'Resource') ?? '', keys: texts(raw, 'TagKeys') ?? [] }),
  needs: ({ arn, keys }) => [
    { action: 'lambda:UntagResource', resource: arn, facts: { 'aws:TagKeys': keys } },
  ],
  run: ({ arn, keys }, call) => {
    if (isMappingArn(arn)) {
      const mapping = findTagged(call, arn)
      const kept = Object.entries(mapping.tags).filter(([key]) => !keys.includes(key))
      replaceTags(call, mapping, Object.fromEntries(kept))
    } else {
      const { tags } = findTaggedFunction(call, arn)
      for (const key of keys) tags.delete(key)
    }
  },
})
