import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { type FunctionTarget, findTarget, onFunction, readTarget } from '../function-target.js'
import type { LambdaFunction } from '../state.js'

/** Kept and shown; the sandbox stops no loops. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html */
export default defineAction({
  service: 'lambda',
  name: 'PutFunctionRecursionConfig',
  rest: { method: 'PUT', path: '/2024-08-31/functions/{FunctionName}/recursion-config', status: 200 },
  decode: (raw): FunctionTarget & Pick<LambdaFunction, 'recursiveLoop'> => {
    const recursiveLoop = text(raw, 'RecursiveLoop')
    if (recursiveLoop === 'Allow' || recursiveLoop === 'Terminate')
      return { ...readTarget(raw), recursiveLoop }
    throw new AwsFault(
      'ValidationException',
      `1 validation error detected: Value '${recursiveLoop ?? 'null'}' at 'recursiveLoop' failed to satisfy constraint: Member must satisfy enum value set: [Terminate, Allow]`,
      { recorded: false },
    )
  },
  needs: (input, call) => onFunction('lambda:PutFunctionRecursionConfig', input, call),
  run: (input, call) => {
    findTarget(input, call).fn.recursiveLoop = input.recursiveLoop
    return { RecursiveLoop: input.recursiveLoop }
  },
})
