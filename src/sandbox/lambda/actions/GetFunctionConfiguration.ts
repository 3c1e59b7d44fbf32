import { defineAction } from '../../define-action.js'
import { functionConfiguration } from '../describe-function.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export default defineAction({
  service: 'lambda',
  name: 'GetFunctionConfiguration',
  rest: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/configuration', status: 200 },
  decode: readTarget,
  needs: (target, call) => onFunction('lambda:GetFunctionConfiguration', target, call),
  run: (target, call) => {
    const { fn, version, arn } = findTarget(target, call)
    return functionConfiguration(call.world, fn, version, { arn })
  },
})
