import { defineAction } from '../../define-action.js'
import { text, textMap } from '../../members.js'
import { refuseTags } from '../check-settings.js'
import { findTagged, isMappingArn, replaceTags, tagFacts } from '../tagged-mapping.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html, for event source mappings */
export default defineAction({
  service: 'lambda',
  name: 'TagResource',
  rest: { method: 'POST', path: '/2017-03-31/tags/{Resource}', status: 204, takes: isMappingArn },
  decode: (raw) => ({ arn: text(raw, 'Resource') ?? '', tags: textMap(raw, 'Tags') ?? {} }),
  needs: ({ arn, tags }) => [{ action: 'lambda:TagResource', resource: arn, facts: tagFacts(tags) }],
  run: ({ arn, tags }, call) => {
    const mapping = findTagged(call, arn)
    const merged = { ...mapping.tags, ...tags }
    refuseTags(merged)
    replaceTags(call, mapping, merged)
  },
})
