import type { Service } from '../define-action.js'
import { parseJsonObject, toJson } from './json-body.js'
import type { Protocol } from './protocol.js'

/**
 * awsJson1.0 (SQS, CloudWatch) and awsJson1.1 (KMS, Logs, tags): the operation stands in X-Amz-Target.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
const targets: Readonly<Record<string, { readonly service: Service; readonly contentType: string }>> = {
  AmazonSQS: { service: 'sqs', contentType: 'application/x-amz-json-1.0' },
  TrentService: { service: 'kms', contentType: 'application/x-amz-json-1.1' },
  GraniteServiceVersion20100801: { service: 'cloudwatch', contentType: 'application/x-amz-json-1.0' },
  ResourceGroupsTaggingAPI_20170126: { service: 'tag', contentType: 'application/x-amz-json-1.1' },
  Logs_20140328: { service: 'logs', contentType: 'application/x-amz-json-1.1' },
}

/** Services that spoke the query protocol before: their errors carry the old code, too. */
const shapeNamespaces: Readonly<Partial<Record<Service, string>>> = {
  sqs: 'com.amazonaws.sqs#',
  cloudwatch: 'com.amazonaws.cloudwatch#',
}

export const awsJson: Protocol = {
  route: (request, actions) => {
    const target = request.headers['x-amz-target']
    if (typeof target !== 'string') return undefined
    const [prefix = '', operation = ''] = target.split('.', 2)
    const known = Object.hasOwn(targets, prefix) ? targets[prefix] : undefined
    if (known === undefined) return undefined
    return {
      service: known.service,
      operation,
      action: actions.find((action) => action.service === known.service && action.name === operation),
      read: () => parseJsonObject(request.body),
    }
  },

  answer: (routed, output) => ({
    status: 200,
    headers: { 'content-type': contentType(routed.service) },
    body: output === undefined ? '' : toJson(output),
  }),

  fault: (service, fault) => ({
    status: fault.status,
    headers: {
      'content-type': contentType(service),
      ...(shapeNamespaces[service] === undefined
        ? {}
        : { 'x-amzn-query-error': `${fault.queryCode ?? fault.code};Sender` }),
    },
    body: toJson({
      __type: `${shapeNamespaces[service] ?? ''}${fault.code}`,
      message: fault.message,
      ...fault.members,
    }),
  }),
}

function contentType(service: Service): string {
  const target = Object.values(targets).find((candidate) => candidate.service === service)
  return target?.contentType ?? 'application/json'
}
