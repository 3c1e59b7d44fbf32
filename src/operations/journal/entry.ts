import { randomBytes } from 'node:crypto'
import type { Change } from '../../change.js'
import type { JournalEntry, JournaledChange } from '../../journal.js'
import { isJsonObject, type JsonObject } from '../../json-object.js'

/** `20261123-091500-3f2a`: the time in UTC, and four digits that keep two runs of one second apart. */
export function newJournalId(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().replace(/[-:]/g, '').split(/[T.]/)
  return `${date}-${time}-${randomBytes(2).toString('hex')}`
}

/** Nothing else names a file of the journal. */
export const isJournalId = (text: string) => /^\d{8}-\d{6}-[0-9a-f]{4}$/.test(text)

/** The entry that stands in a text; undefined: it is none that this version understands. */
export function readEntry(text: string): JournalEntry | undefined {
  const fields = parse(text)
  if (fields?.version !== 1) return undefined
  const { id, startedAt, account, region, endpoint, profile, rules, changes } = fields
  if (!isText(id) || !isText(startedAt) || !isText(account) || !isText(region)) return undefined
  if (!isTextOrNull(endpoint) || !isTextOrNull(profile)) return undefined
  if (!Array.isArray(rules) || !rules.every(isText) || !Array.isArray(changes)) return undefined
  const read = changes.map(readChange)
  if (!read.every((change) => change !== undefined)) return undefined
  return { version: 1, id, startedAt, account, region, endpoint, profile, rules, changes: read }
}

function readChange(value: unknown): JournaledChange | undefined {
  if (!isJsonObject(value) || !isJsonObject(value.change)) return undefined
  const { previous, state } = value
  if (previous !== null && !isJsonObject(previous)) return undefined
  if (!isState(state)) return undefined
  const change = repairChange(value.change)
  return change && { change, previous, state }
}

const isState = (value: unknown): value is JournaledChange['state'] =>
  value === 'intended' || value === 'made' || value === 'undone' || value === 'never-made'

/** Only what a repair makes: nothing else can have been written here. */
function repairChange({ action, type, ...of }: JsonObject): Change | undefined {
  const { roleArn, policyName, queueArn, policy, attributes } = of
  if (type === 'role-policy' && isText(roleArn) && isText(policyName)) {
    if (action === 'delete') return { action, type, iamAction: 'iam:DeleteRolePolicy', roleArn, policyName }
    if (action !== 'put' || !isJsonObject(policy)) return undefined
    return { action, type, iamAction: 'iam:PutRolePolicy', roleArn, policyName, policy }
  }
  if (!isText(queueArn) || !isJsonObject(attributes) || !isTexts(attributes)) return undefined
  if (type === 'queue' && action === 'create') {
    return { action, type, iamAction: 'sqs:CreateQueue', queueArn, attributes }
  }
  if (type === 'queue-attributes' && action === 'set') {
    return { action, type, iamAction: 'sqs:SetQueueAttributes', queueArn, attributes }
  }
  return undefined
}

/** A name that could reach a prototype stands in no entry of ours. */
function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text, (name, inner: unknown) => {
      if (name === '__proto__' || name === 'constructor' || name === 'prototype') throw new SyntaxError(name)
      return inner
    })
    return isJsonObject(value) && isShallow(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** No policy is nested deeper; what is would only exhaust the stack of who compares it. */
function isShallow(value: unknown, levels = 32): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value)
const isTexts = (value: JsonObject): value is Readonly<Record<string, string>> =>
  Object.values(value).every(isText)
