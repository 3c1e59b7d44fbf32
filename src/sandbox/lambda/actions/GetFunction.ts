import { defineAction } from '../../define-action.js'
import { functionConfiguration } from '../describe-function.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export default defineAction({
  service: 'lambda',
  name: 'GetFunction',
  rest: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}', status: 200 },
  decode: readTarget,
  needs: (target, call) => onFunction('lambda:GetFunction', target, call),
  run: (target, call) => {
    const { fn, version, arn } = findTarget(target, call)
    const { reservedConcurrency } = fn
    return {
      Configuration: functionConfiguration(call.world, fn, version, { arn }),
      // AWS hands out a presigned URL of the code here. The sandbox has none to give: one of its form, that answers 404.
      Code: {
        RepositoryType: 'S3',
        Location: `${call.world.endpoint}/code-is-not-served/${fn.name}?X-Amz-Signature=none`,
      },
      ...(fn.tags.size > 0 ? { Tags: Object.fromEntries(fn.tags) } : {}),
      ...(reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    }
  },
})
