import { AwsFault } from '../aws-fault.js'
import type { Call, RawInput } from '../define-action.js'
import { mappingByUuid } from './find-mapping.js'
import type { StoredMapping } from './state.js'

const mappingArnPattern = /^arn:[^:]+:lambda:[^:]+:\d{12}:event-source-mapping:(.+)$/

/** The tag actions of functions have the same paths: the resource tells them apart. */
export function isMappingArn(raw: RawInput): boolean {
  return typeof raw.Resource === 'string' && mappingArnPattern.test(raw.Resource)
}

/** Throws ResourceNotFoundException, in the words that the tag actions have for it. */
export function findTagged(call: Call, arn: string): StoredMapping {
  const mapping = mappingByUuid(call, mappingArnPattern.exec(arn)?.[1] ?? '')
  if (!mapping || mapping.arn !== arn) {
    throw new AwsFault('ResourceNotFoundException', `Event source mapping not found: ${arn}`, { status: 404 })
  }
  return mapping
}

export function replaceTags(call: Call, mapping: StoredMapping, tags: StoredMapping['tags']): void {
  call.world.eventSources.mappings.set(mapping.uuid, { ...mapping, tags })
}

/** The condition keys of a request that sets tags. */
export function tagFacts(
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> {
  const names = Object.keys(tags)
  if (names.length === 0) return {}
  const values = Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, [value]] as const)
  return { 'aws:TagKeys': names, ...Object.fromEntries(values) }
}
