import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import type { StoredMapping } from './state.js'

/** The mapping of the caller's account and Region, or undefined. */
export function mappingByUuid(call: Call, uuid: string): StoredMapping | undefined {
  const mapping = call.world.eventSources.mappings.get(uuid)
  return mapping && mapping.account === call.principal.account && mapping.region === call.region
    ? mapping
    : undefined
}

/** As `mappingByUuid`; throws ResourceNotFoundException when there is none. */
export function findMapping(call: Call, uuid: string): StoredMapping {
  const mapping = mappingByUuid(call, uuid)
  if (!mapping) {
    throw new AwsFault('ResourceNotFoundException', 'The resource you requested does not exist.', {
      status: 404,
    })
  }
  return mapping
}

export function mappingArn(call: Call, uuid: string): string {
  const { world, region, principal } = call
  return `arn:${world.partition}:lambda:${region}:${principal.account}:event-source-mapping:${uuid}`
}

/** What get, update and delete ask for. Of a mapping that does not exist the function is not known. */
export function permissionOnMapping(call: Call, action: string, uuid: string) {
  const functionArn = mappingByUuid(call, uuid)?.functionArn
  return {
    action,
    resource: mappingArn(call, uuid),
    ...(functionArn === undefined ? {} : { facts: { 'lambda:FunctionArn': [functionArn] } }),
  }
}
