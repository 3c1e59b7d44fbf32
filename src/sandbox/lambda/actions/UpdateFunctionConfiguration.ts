import { defineAction } from '../../define-action.js'
import { dnsSuffix } from '../../dns-suffix.js'
import { text } from '../../members.js'
import { checkDeadLetterTarget } from '../check-dead-letter-target.js'
import { checkRole } from '../check-role.js'
import { functionConfiguration } from '../describe-function.js'
import { updatingState } from '../function-state.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'
import { newRevision } from '../new-function.js'
import { refuseBusy } from '../refuse-busy.js'
import { checkRevision } from '../revision.js'
import { readSettings } from '../settings.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export default defineAction({
  service: 'lambda',
  name: 'UpdateFunctionConfiguration',
  rest: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/configuration', status: 200 },
  decode: (raw) => ({
    ...readTarget(raw),
    roleArn: text(raw, 'Role'),
    revisionId: text(raw, 'RevisionId'),
    changesIn: (functionName: string) => readSettings(raw, functionName),
  }),
  needs: (input, call) => [
    ...onFunction('lambda:UpdateFunctionConfiguration', input, call),
    ...(input.roleArn === undefined
      ? []
      : [
          {
            action: 'iam:PassRole',
            resource: input.roleArn,
            facts: { 'iam:PassedToService': [`lambda.${dnsSuffix(call.world.partition)}`] },
          },
        ]),
  ],
  run: (input, call) => {
    const { world } = call
    const { fn } = findTarget(input, call)
    const now = world.clock.now()
    refuseBusy(fn, now)
    checkRevision(fn.latest, input.revisionId, now)
    if (input.roleArn !== undefined) checkRole(world, input.roleArn, { ...fn, functionArn: fn.arn })
    const changes = input.changesIn(fn.name)
    const settings = {
      ...fn.latest.settings,
      ...changes,
      shown: { ...fn.latest.settings.shown, ...changes.shown },
    }
    checkDeadLetterTarget(world, settings)
    fn.latest = {
      ...fn.latest,
      settings,
      lastModified: now,
      updatedAt: now + world.delays.functionActivation,
      revisionIds: newRevision(),
    }
    return functionConfiguration(world, fn, fn.latest, { state: updatingState })
  },
})
