import { defineAction } from '../../define-action.js'
import { aliasConfiguration, findAlias } from '../alias.js'
import { findTarget, onFunction, readTarget, requiredText } from '../function-target.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export default defineAction({
  service: 'lambda',
  name: 'GetAlias',
  rest: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/aliases/{Name}', status: 200 },
  decode: (raw) => ({ ...readTarget(raw), name: requiredText(raw, 'Name') }),
  needs: (input, call) => onFunction('lambda:GetAlias', input, call),
  run: (input, call) => {
    const { fn } = findTarget(input, call)
    return aliasConfiguration(fn, findAlias(fn, input.name))
  },
})
