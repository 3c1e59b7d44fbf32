import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import { findFunction } from '../lambda/find-function.js'
import type { LambdaFunction } from '../lambda/state.js'
import { mappingByUuid } from './find-mapping.js'
import type { StoredMapping } from './state.js'

const mappingArnPattern = /^arn:[^:]+:lambda:[^:]+:\d{12}:event-source-mapping:(.+)$/

/** The tag actions of functions have the same paths: the resource tells them apart. */
export const isMappingArn = (arn: string): boolean => mappingArnPattern.test(arn)

/** Throws ResourceNotFoundException, in the words that the tag actions have for it. */
export function findTagged(call: Call, arn: string): StoredMapping {
  const mapping = mappingByUuid(call, mappingArnPattern.exec(arn)?.[1] ?? '')
  if (!mapping || mapping.arn !== arn) {
    throw new AwsFault('ResourceNotFoundException', `Event source mapping not found: ${arn}`, { status: 404 })
  }
  return mapping
}

/** Versions and aliases have no tags of their own. https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
export function findTaggedFunction(call: Call, arn: string): LambdaFunction {
  const { fn, qualifier } = findFunction(call.world, arn, undefined, call)
  if (qualifier === undefined) return fn
  const message = 'Tags on function aliases and versions are not supported. Please specify a function ARN.'
  throw new AwsFault('InvalidParameterValueException', message, { recorded: false })
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
