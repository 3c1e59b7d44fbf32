import { AwsFault } from '../../aws-fault.js'
import { type Call, defineAction } from '../../define-action.js'
import { functionNamePattern, referenceOf } from '../../function-reference.js'
import { integer, text } from '../../members.js'
import { notMatching, outOfRange, refuseViolations } from '../constraints.js'
import { describeInList } from '../describe-mapping.js'
import type { StoredMapping } from '../state.js'

/** AWS answers no more in a page, whatever MaxItems asks for. */
const pageLimit = 100

interface Input {
  readonly eventSourceArn: string | undefined
  readonly functionName: string | undefined
  readonly marker: string | undefined
  readonly maxItems: number
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export default defineAction({
  service: 'lambda',
  name: 'ListEventSourceMappings',
  rest: { method: 'GET', path: '/2015-03-31/event-source-mappings', status: 200 },
  decode: (raw): Input => {
    const maxItems = integer(raw, 'MaxItems')
    const functionName = text(raw, 'FunctionName')
    refuseViolations([
      notMatching('functionName', functionName, functionNamePattern),
      outOfRange('maxItems', maxItems, { least: 1, most: 10_000 }),
    ])
    return {
      eventSourceArn: text(raw, 'EventSourceArn'),
      functionName,
      marker: text(raw, 'Marker'),
      maxItems: Math.min(maxItems ?? pageLimit, pageLimit),
    }
  },
  needs: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
  run: (input, call) => {
    // A queue or function that does not exist is no error: it has no mappings.
    const found = [...call.world.eventSources.mappings.values()].filter(wanted(input, call))
    const start = input.marker === undefined ? 0 : position(found, input.marker)
    const page = found.slice(start, start + input.maxItems)
    const last = page.at(-1)
    const more = start + page.length < found.length
    return {
      EventSourceMappings: page.map(describeInList),
      ...(more && last && { NextMarker: Buffer.from(last.uuid).toString('base64') }),
    }
  },
})

function wanted({ eventSourceArn, functionName }: Input, call: Call): (mapping: StoredMapping) => boolean {
  const { region, principal } = call
  const functionArn = functionName === undefined ? undefined : referenceOf(functionName, call).arn
  return (mapping) =>
    mapping.account === principal.account &&
    mapping.region === region &&
    (eventSourceArn === undefined || mapping.queueArn === eventSourceArn) &&
    (functionArn === undefined || mapping.functionArn === functionArn)
}

/** A marker names the last mapping of the page before. */
function position(mappings: readonly StoredMapping[], marker: string): number {
  const uuid = Buffer.from(marker, 'base64').toString()
  const last = mappings.findIndex((mapping) => mapping.uuid === uuid)
  if (last === -1) throw new AwsFault('InvalidParameterValueException', 'Invalid Marker', { recorded: false })
  return last + 1
}
