import { defineAction } from '../../define-action.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/** Empty when none is reserved. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export default defineAction({
  service: 'lambda',
  name: 'GetFunctionConcurrency',
  rest: { method: 'GET', path: '/2019-09-30/functions/{FunctionName}/concurrency', status: 200 },
  decode: readTarget,
  needs: (target, call) => onFunction('lambda:GetFunctionConcurrency', target, call),
  run: (target, call) => {
    const { reservedConcurrency } = findTarget(target, call).fn
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency }
  },
})
