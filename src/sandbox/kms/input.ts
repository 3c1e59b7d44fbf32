import { AwsFault } from '../aws-fault.js'
import { policyProblem } from '../iam/check-policy.js'
import { isObject } from '../protocols/json-body.js'
import type { RawInput } from '../raw-input.js'

/** Members of an awsJson body. */
export function requiredText(raw: RawInput, member: string): string {
  const value = optionalText(raw, member)
  if (value === undefined) throw invalid(member, 'Member must not be null')
  return value
}

export function optionalText(raw: RawInput, member: string): string | undefined {
  const value = raw[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalid(member, 'Member must be a string')
  return value
}

export function optionalInteger(
  raw: RawInput,
  member: string,
  range: readonly [number, number],
): number | undefined {
  const value = raw[member]
  if (value === undefined || value === null) return undefined
  const [least, most] = range
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw invalid(member, `Member must have value between ${least} and ${most}`)
  }
  return value
}

export function textList(raw: RawInput, member: string): readonly string[] {
  const value = raw[member]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A map of texts; undefined when it is not there. */
export function textMap(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isObject(value)) return undefined
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : [])),
  )
}

export function tagMap(raw: RawInput): ReadonlyMap<string, string> {
  const tags = Array.isArray(raw.Tags) ? raw.Tags.filter(isObject) : []
  return new Map(tags.map((tag) => [optionalText(tag, 'TagKey') ?? '', optionalText(tag, 'TagValue') ?? '']))
}

/** Key policies are kept as text; refused unless KMS would store it. */
export function policyText(text: string): string {
  const problem = policyProblem(text, 'resource')
  if (problem === undefined) return text
  throw new AwsFault('MalformedPolicyDocumentException', `The key policy cannot be read: ${problem}.`, {
    recorded: false,
  })
}

const invalid = (member: string, constraint: string) =>
  new AwsFault(
    'ValidationException',
    `1 validation error detected: Value at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: ${constraint}`,
    { recorded: false },
  )
