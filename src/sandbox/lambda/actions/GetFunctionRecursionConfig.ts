import { defineAction } from '../../define-action.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html */
export default defineAction({
  service: 'lambda',
  name: 'GetFunctionRecursionConfig',
  rest: { method: 'GET', path: '/2024-08-31/functions/{FunctionName}/recursion-config', status: 200 },
  decode: readTarget,
  needs: (target, call) => onFunction('lambda:GetFunctionRecursionConfig', target, call),
  run: (target, call) => ({ RecursiveLoop: findTarget(target, call).fn.recursiveLoop }),
})
