import { randomUUID } from 'node:crypto'
import { type Call, defineAction } from '../../define-action.js'
import { functionNamePattern, referenceOf } from '../../function-reference.js'
import { text, textMap } from '../../members.js'
import { refuseAccess } from '../check-access.js'
import { refuseDuplicate } from '../check-duplicate.js'
import { refuseBatching, refuseFilters, refuseScaling, refuseTags } from '../check-settings.js'
import { missing, notMatching, refuseViolations, settingsViolations } from '../constraints.js'
import { describeMapping } from '../describe-mapping.js'
import { mappingArn } from '../find-mapping.js'
import { enter, transition } from '../lifecycle.js'
import { eventSourceArnPattern, readSource } from '../queue-reference.js'
import { type RequestedSettings, readSettings } from '../read-settings.js'
import { applySettings, defaultSettings } from '../settings.js'
import { tagFacts } from '../tagged-resource.js'

interface Input {
  readonly functionName: string
  readonly eventSourceArn: string | undefined
  readonly requested: RequestedSettings
  readonly tags: Readonly<Record<string, string>>
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export default defineAction({
  service: 'lambda',
  name: 'CreateEventSourceMapping',
  rest: { method: 'POST', path: '/2015-03-31/event-source-mappings', status: 202 },
  decode: (raw): Input => {
    const functionName = text(raw, 'FunctionName')
    const eventSourceArn = text(raw, 'EventSourceArn')
    const requested = readSettings(raw)
    refuseViolations([
      missing('functionName', functionName),
      notMatching('functionName', functionName, functionNamePattern),
      notMatching('eventSourceArn', eventSourceArn, eventSourceArnPattern),
      ...settingsViolations(requested),
    ])
    return { functionName: functionName ?? '', eventSourceArn, requested, tags: textMap(raw, 'Tags') ?? {} }
  },
  needs: ({ functionName, tags }, call) => {
    const facts = { 'lambda:FunctionArn': [referenceOf(functionName, call).arn], ...tagFacts(tags) }
    const create = { action: 'lambda:CreateEventSourceMapping', resource: '*', facts }
    // The UUID is not known yet when the tags are asked for.
    const tag = { action: 'lambda:TagResource', resource: mappingArn(call, '*'), facts: tagFacts(tags) }
    return Object.keys(tags).length > 0 ? [create, tag] : [create]
  },
  run: create,
})

/** Checks in the order in which AWS was seen to check; where that is not recorded, the cheapest come last. */
function create({ functionName, eventSourceArn, requested, tags }: Input, call: Call) {
  const { world, region, principal } = call
  const queue = readSource(eventSourceArn, requested)
  const reference = referenceOf(functionName, call)
  refuseAccess(world, { account: principal.account, region }, reference, queue)
  const settings = applySettings(defaultSettings, requested)
  refuseBatching(settings, queue.fifo)
  refuseFilters(requested.filterPatterns ?? [])
  refuseDuplicate(world, queue, reference)
  refuseScaling(settings)
  refuseTags(tags, 'mapping')
  const uuid = randomUUID()
  const mapping = {
    uuid,
    arn: mappingArn(call, uuid),
    account: principal.account,
    region,
    queueArn: queue.arn,
    functionArn: reference.arn,
    settings,
    state: 'Creating',
    lastModified: world.clock.now(),
    tags,
  } as const
  const enabled = requested.enabled ?? true
  return describeMapping(enter(world, mapping, transition(undefined, { kind: 'create', enabled })))
}
