import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { notFound } from '../find-function.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/**
 * Mappings of the function stay, as with AWS: they must be deleted separately.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
 */
export default defineAction({
  service: 'lambda',
  name: 'DeleteFunction',
  rest: { method: 'DELETE', path: '/2015-03-31/functions/{FunctionName}', status: 204 },
  decode: readTarget,
  needs: (target, call) => onFunction('lambda:DeleteFunction', target, call),
  run: async (target, call) => {
    const { fn, qualifier } = findTarget(target, call)
    const { lambda } = call.world
    if (qualifier === undefined) {
      lambda.functions.delete(fn.arn)
      const pool = lambda.pools.get(fn.arn)
      lambda.pools.delete(fn.arn)
      await pool?.stop()
      return
    }
    if (qualifier === '$LATEST') {
      throw new AwsFault(
        'InvalidParameterValueException',
        '$LATEST version cannot be deleted without deleting the function.',
        { recorded: false },
      )
    }
    if (!fn.versions.delete(qualifier)) throw notFound(`Function not found: ${fn.arn}:${qualifier}`)
  },
})
