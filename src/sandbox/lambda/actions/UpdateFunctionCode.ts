import { defineAction } from '../../define-action.js'
import { flag, text } from '../../members.js'
import { functionConfiguration } from '../describe-function.js'
import { updatingState } from '../function-state.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'
import { newRevision } from '../new-function.js'
import { publish } from '../publish.js'
import { readCode } from '../read-code.js'
import { refuseBusy } from '../refuse-busy.js'
import { checkRevision } from '../revision.js'

/** Code as ZipFile only. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export default defineAction({
  service: 'lambda',
  name: 'UpdateFunctionCode',
  rest: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/code', status: 200 },
  decode: (raw) => ({
    ...readTarget(raw),
    code: readCode(raw),
    publish: flag(raw, 'Publish') ?? false,
    dryRun: flag(raw, 'DryRun') ?? false,
    revisionId: text(raw, 'RevisionId'),
  }),
  needs: (input, call) => onFunction('lambda:UpdateFunctionCode', input, call),
  run: (input, call) => {
    const { world } = call
    const { fn } = findTarget(input, call)
    const now = world.clock.now()
    refuseBusy(fn, now)
    checkRevision(fn.latest, input.revisionId, now)
    if (input.dryRun) return functionConfiguration(world, fn, { ...fn.latest, code: input.code })
    fn.latest = {
      ...fn.latest,
      code: input.code,
      lastModified: now,
      updatedAt: now + world.delays.functionActivation,
      revisionIds: newRevision(),
    }
    const shown = input.publish ? publish(fn, now) : fn.latest
    return functionConfiguration(world, fn, shown, { state: updatingState })
  },
})
