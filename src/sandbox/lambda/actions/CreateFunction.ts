import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { dnsSuffix } from '../../dns-suffix.js'
import { flag, structure, textMap } from '../../members.js'
import { checkDeadLetterTarget } from '../check-dead-letter-target.js'
import { checkRole } from '../check-role.js'
import { functionConfiguration } from '../describe-function.js'
import { readFunctionName } from '../find-function.js'
import { pendingState } from '../function-state.js'
import { requiredText } from '../function-target.js'
import { addFunction } from '../new-function.js'
import { publish } from '../publish.js'
import { readCode } from '../read-code.js'
import { newSettings, readSettings } from '../settings.js'

/**
 * Code as ZipFile only. Handlers of other runtimes than Node.js can be created, but not run.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export default defineAction({
  service: 'lambda',
  name: 'CreateFunction',
  rest: { method: 'POST', path: '/2015-03-31/functions', status: 201 },
  decode: (raw) => ({
    functionName: requiredText(raw, 'FunctionName'),
    roleArn: requiredText(raw, 'Role'),
    code: readCode(structure(raw, 'Code') ?? {}),
    settingsIn: (functionName: string) => newSettings(functionName, readSettings(raw, functionName)),
    publish: flag(raw, 'Publish') ?? false,
    tags: new Map(Object.entries(textMap(raw, 'Tags') ?? {})),
  }),
  needs: ({ functionName, roleArn }, call) => [
    {
      action: 'lambda:CreateFunction',
      resource: readFunctionName(call.world, functionName, undefined, call).unqualifiedArn,
    },
    {
      action: 'iam:PassRole',
      resource: roleArn,
      facts: { 'iam:PassedToService': [`lambda.${dnsSuffix(call.world.partition)}`] },
    },
  ],
  run: (input, call) => {
    const { world, region } = call
    const { account } = call.principal
    const { unqualifiedArn } = readFunctionName(world, input.functionName, undefined, call)
    const name = unqualifiedArn.split(':').at(-1) ?? ''
    if (world.lambda.functions.has(unqualifiedArn)) {
      throw new AwsFault('ResourceConflictException', `Function already exist: ${name}`, {
        status: 409,
        recorded: false,
      })
    }
    checkRole(world, input.roleArn, { functionArn: unqualifiedArn, account })
    const settings = input.settingsIn(name)
    checkDeadLetterTarget(world, settings)
    const fn = addFunction(world, {
      name,
      account,
      region,
      code: input.code,
      settings,
      tags: input.tags,
      activationMs: world.delays.functionActivation,
    })
    const shown = input.publish ? publish(fn, world.clock.now()) : fn.latest
    return functionConfiguration(world, fn, shown, { state: pendingState })
  },
})
