import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { describeMapping } from '../describe-mapping.js'
import { findMapping, permissionOnMapping } from '../find-mapping.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export default defineAction({
  service: 'lambda',
  name: 'GetEventSourceMapping',
  rest: { method: 'GET', path: '/2015-03-31/event-source-mappings/{UUID}', status: 200 },
  decode: (raw) => ({ uuid: text(raw, 'UUID') ?? '' }),
  needs: ({ uuid }, call) => [permissionOnMapping(call, 'lambda:GetEventSourceMapping', uuid)],
  run: ({ uuid }, call) => describeMapping(findMapping(call, uuid)),
})
