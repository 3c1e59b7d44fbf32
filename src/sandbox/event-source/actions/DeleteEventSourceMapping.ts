import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { describeMapping } from '../describe-mapping.js'
import { findMapping, permissionOnMapping } from '../find-mapping.js'
import { enter, transition } from '../lifecycle.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export default defineAction({
  service: 'lambda',
  name: 'DeleteEventSourceMapping',
  rest: { method: 'DELETE', path: '/2015-03-31/event-source-mappings/{UUID}', status: 202 },
  decode: (raw) => ({ uuid: text(raw, 'UUID') ?? '' }),
  needs: ({ uuid }, call) => [permissionOnMapping(call, 'lambda:DeleteEventSourceMapping', uuid)],
  run: ({ uuid }, call) => {
    const mapping = findMapping(call, uuid)
    return describeMapping(enter(call.world, mapping, transition(mapping.state, { kind: 'delete' })))
  },
})
