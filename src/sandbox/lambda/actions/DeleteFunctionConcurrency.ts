import { defineAction } from '../../define-action.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export default defineAction({
  service: 'lambda',
  name: 'DeleteFunctionConcurrency',
  rest: { method: 'DELETE', path: '/2017-10-31/functions/{FunctionName}/concurrency', status: 204 },
  decode: readTarget,
  needs: (target, call) => onFunction('lambda:DeleteFunctionConcurrency', target, call),
  run: (target, call) => {
    findTarget(target, call).fn.reservedConcurrency = undefined
  },
})
