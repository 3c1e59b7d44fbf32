import { AwsFault } from '../aws-fault.js'
import { isObject } from '../protocols/json-body.js'
import type { RawInput } from '../raw-input.js'
import { checkPolicy, type PolicyPlace } from './check-policy.js'

/** Reads the folded members of the query protocol, where every leaf is text. */
export function requiredText(raw: RawInput, member: string): string {
  const value = optionalText(raw, member)
  if (value === undefined) throw missing(member)
  return value
}

/** A name of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function requiredName(raw: RawInput, member: string): string {
  const name = requiredText(raw, member)
  const pattern = '[\\w+=,.@-]+'
  if (!new RegExp(`^${pattern}$`).test(name)) {
    throw invalid(`'${name}'`, member, `Member must satisfy regular expression pattern: ${pattern}`)
  }
  const most = member === 'RoleName' || member === 'UserName' ? 64 : 128
  if (name.length > most) {
    throw invalid(`'${name}'`, member, `Member must have length less than or equal to ${most}`)
  }
  return name
}

export function optionalText(raw: RawInput, member: string): string | undefined {
  const value = raw[member]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A missing or empty list is an empty list. */
export function textList(raw: RawInput, member: string): readonly string[] {
  return list(raw[member]).filter((value) => typeof value === 'string')
}

export function objectList(raw: RawInput, member: string): readonly RawInput[] {
  return list(raw[member]).filter(isObject)
}

/** A whole number within a range, both ends included. */
export function optionalInteger(
  raw: RawInput,
  member: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const text = optionalText(raw, member)
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalid(`'${text}'`, member, `Member must have value between ${least} and ${most}`)
}

export function tagList(raw: RawInput): ReadonlyMap<string, string> {
  return new Map(
    objectList(raw, 'Tags').map((tag) => [optionalText(tag, 'Key') ?? '', optionalText(tag, 'Value') ?? '']),
  )
}

/** A policy document as text; refused unless IAM would store it in that place. */
export function policyText(
  raw: RawInput,
  member = 'PolicyDocument',
  place: PolicyPlace = 'identity',
): string {
  const text = requiredText(raw, member)
  checkPolicy(text, place)
  return text
}

/** Form of the constraint layer; the text for this member is not recorded. */
export const invalid = (value: string, member: string, constraint: string) =>
  new AwsFault(
    'ValidationError',
    `1 validation error detected: Value ${value} at '${lowerFirst(member)}' failed to satisfy constraint: ${constraint}`,
    { recorded: false },
  )

const missing = (member: string) => invalid('null', member, 'Member must not be null')

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
