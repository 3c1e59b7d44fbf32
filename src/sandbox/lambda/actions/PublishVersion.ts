import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { functionConfiguration } from '../describe-function.js'
import { findTarget, onFunction, readTarget } from '../function-target.js'
import { publish } from '../publish.js'
import { checkRevision } from '../revision.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export default defineAction({
  service: 'lambda',
  name: 'PublishVersion',
  rest: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/versions', status: 201 },
  decode: (raw) => ({
    ...readTarget(raw),
    codeSha256: text(raw, 'CodeSha256'),
    description: text(raw, 'Description'),
    revisionId: text(raw, 'RevisionId'),
  }),
  needs: (input, call) => onFunction('lambda:PublishVersion', input, call),
  run: (input, call) => {
    const { fn } = findTarget(input, call)
    const now = call.world.clock.now()
    checkRevision(fn.latest, input.revisionId, now)
    if (input.codeSha256 !== undefined && input.codeSha256 !== fn.latest.code.sha256) {
      throw new AwsFault(
        'InvalidParameterValueException',
        `CodeSHA256 (${input.codeSha256}) is different from current CodeSHA256 in $LATEST (${fn.latest.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
        { recorded: false },
      )
    }
    return functionConfiguration(call.world, fn, publish(fn, now, input.description))
  },
})
