import { type Call, defineAction } from '../../define-action.js'
import { functionNamePattern, referenceOf } from '../../function-reference.js'
import { text } from '../../members.js'
import { refuseAccess } from '../check-access.js'
import { refuseDuplicate } from '../check-duplicate.js'
import { refuseBatching, refuseFilters, refuseScaling } from '../check-settings.js'
import { notMatching, refuseViolations, settingsViolations } from '../constraints.js'
import { describeMapping } from '../describe-mapping.js'
import { findMapping, permissionOnMapping } from '../find-mapping.js'
import { enter, transition } from '../lifecycle.js'
import { readSource } from '../queue-reference.js'
import { type RequestedSettings, readSettings } from '../read-settings.js'
import { applySettings } from '../settings.js'

interface Input {
  readonly uuid: string
  readonly functionName: string | undefined
  readonly requested: RequestedSettings
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export default defineAction({
  service: 'lambda',
  name: 'UpdateEventSourceMapping',
  rest: { method: 'PUT', path: '/2015-03-31/event-source-mappings/{UUID}', status: 202 },
  decode: (raw): Input => {
    const functionName = text(raw, 'FunctionName')
    const requested = readSettings(raw)
    refuseViolations([
      notMatching('functionName', functionName, functionNamePattern),
      ...settingsViolations(requested),
    ])
    return { uuid: text(raw, 'UUID') ?? '', functionName, requested }
  },
  needs: ({ uuid }, call) => [permissionOnMapping(call, 'lambda:UpdateEventSourceMapping', uuid)],
  run: update,
})

function update({ uuid, functionName, requested }: Input, call: Call) {
  const { world, region, principal } = call
  const mapping = findMapping(call, uuid)
  const step = transition(mapping.state, { kind: 'update', enabled: requested.enabled })
  const queue = readSource(mapping.queueArn, requested)
  const reference = referenceOf(functionName ?? mapping.functionArn, call)
  // Only what a change of function or of Enabled touches is looked at again.
  if (functionName !== undefined || requested.enabled !== undefined) {
    refuseAccess(world, { account: principal.account, region }, reference, queue)
  }
  const settings = applySettings(mapping.settings, requested)
  refuseBatching(settings, queue.fifo)
  refuseFilters(requested.filterPatterns ?? [])
  refuseDuplicate(world, queue, reference, uuid)
  refuseScaling(settings)
  return describeMapping(enter(world, { ...mapping, functionArn: reference.arn, settings }, step))
}
