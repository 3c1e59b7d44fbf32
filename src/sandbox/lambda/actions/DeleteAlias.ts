import { defineAction } from '../../define-action.js'
import { findTarget, onFunction, readTarget, requiredText } from '../function-target.js'

/** An alias that does not exist is no error. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export default defineAction({
  service: 'lambda',
  name: 'DeleteAlias',
  rest: { method: 'DELETE', path: '/2015-03-31/functions/{FunctionName}/aliases/{Name}', status: 204 },
  decode: (raw) => ({ ...readTarget(raw), name: requiredText(raw, 'Name') }),
  needs: (input, call) => onFunction('lambda:DeleteAlias', input, call),
  run: (input, call) => {
    findTarget(input, call).fn.aliases.delete(input.name)
  },
})
