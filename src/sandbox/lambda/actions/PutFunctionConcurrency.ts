import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { integer } from '../../members.js'
import { leastUnreserved, unreservedConcurrency } from '../concurrency.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export default defineAction({
  service: 'lambda',
  name: 'PutFunctionConcurrency',
  rest: { method: 'PUT', path: '/2017-10-31/functions/{FunctionName}/concurrency', status: 200 },
  decode: (raw) => {
    const reserved = integer(raw, 'ReservedConcurrentExecutions')
    if (reserved !== undefined && reserved >= 0) return { ...readTarget(raw), reserved }
    throw new AwsFault(
      'ValidationException',
      `1 validation error detected: Value '${reserved ?? 'null'}' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0`,
      { recorded: false },
    )
  },
  needs: (input, call) => onFunction('lambda:PutFunctionConcurrency', input, call),
  run: (input, call) => {
    const { fn } = findTarget(input, call)
    if (unreservedConcurrency(call.world, fn, fn.arn) - input.reserved < leastUnreserved) {
      throw new AwsFault(
        'InvalidParameterValueException',
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
        { recorded: false },
      )
    }
    fn.reservedConcurrency = input.reserved
    return { ReservedConcurrentExecutions: input.reserved }
  },
})
