import { defineAction } from '../../define-action.js'
import { text, textMap } from '../../members.js'
import { refuseTags } from '../check-settings.js'
import { findTagged, findTaggedFunction, isMappingArn, replaceTags, tagFacts } from '../tagged-resource.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html, for event source mappings and functions */
export default defineAction({
  service: 'lambda',
  name: 'TagResource',
  rest: { method: 'POST', path: '/2017-03-31/tags/{Resource}', status: 204 },
  decode: (raw) => ({ arn: text(raw, 'Resource') ?? '', tags: textMap(raw, 'Tags') ?? {} }),
  needs: ({ arn, tags }) => [{ action: 'lambda:TagResource', resource: arn, facts: tagFacts(tags) }],
  run: ({ arn, tags }, call) => {
    if (isMappingArn(arn)) {
      const mapping = findTagged(call, arn)
      const merged = { ...mapping.tags, ...tags }
      refuseTags(merged, 'mapping')
      replaceTags(call, mapping, merged)
    } else {
      const fn = findTaggedFunction(call, arn)
      refuseTags({ ...Object.fromEntries(fn.tags), ...tags }, 'function')
      for (const [key, value] of Object.entries(tags)) fn.tags.set(key, value)
    }
  },
})
