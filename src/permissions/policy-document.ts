import { isJsonObject } from '../json-object.js'
import { clip } from './clip.js'
import { parseStatement } from './parse-statement.js'
import type { Policy, PolicyFault, Statement } from './policy.js'
import { repeatedKey } from './repeated-key.js'

export type { Policy } from './policy.js'

/**
 * Reads a policy document: parsed JSON, its text, or the URL-encoded text that IAM answers with. Without a
 * Version it is of 2008-10-17, as IAM defines. Anything that IAM would not store is a fault.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: unknown): Policy | PolicyFault {
  const read = typeof document === 'string' ? parseText(document) : { content: document }
  if ('problem' in read) return read
  const { content } = read
  if (!isJsonObject(content)) return { problem: 'it is not a JSON object' }
  const stranger = Object.keys(content).find((key) => !['Version', 'Id', 'Statement'].includes(key))
  if (stranger !== undefined) return { problem: `it has an element ${clip(stranger)}` }
  const version = content.Version ?? '2008-10-17'
  if (version !== '2008-10-17' && version !== '2012-10-17') return { problem: 'its Version is not known' }
  if (content.Statement === undefined) return { problem: 'it has no Statement' }
  const statements: Statement[] = []
  for (const [position, item] of [content.Statement].flat().entries()) {
    const statement = parseStatement(item, position + 1)
    if ('problem' in statement) return { problem: `statement ${position + 1} ${statement.problem}` }
    statements.push(statement)
  }
  return { version, statements }
}

/** Characters; no service stores a policy nearly as long. */
const longest = 1_000_000

function parseText(text: string): { readonly content: unknown } | PolicyFault {
  if (text.length > longest) return { problem: `it is longer than ${longest} characters` }
  try {
    const json = text.trimStart().startsWith('%') ? decodeURIComponent(text) : text
    const content: unknown = JSON.parse(json)
    const repeated = repeatedKey(json)
    return repeated === undefined ? { content } : { problem: `it has ${clip(repeated)} twice in one place` }
  } catch {
    return { problem: 'it is not JSON' }
  }
}
