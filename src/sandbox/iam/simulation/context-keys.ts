import { isObject } from '../../protocols/json-body.js'
import { parseJson } from '../json-text.js'
import type { SimulatedPolicy } from './simulation.js'

/** Condition keys and policy variables that the policies mention and that were not given, in order, each once. */
export function missingKeys(
  policies: readonly SimulatedPolicy[],
  given: readonly string[],
): readonly string[] {
  const known = new Set(given.map((key) => key.toLowerCase()))
  const missing = new Map<string, string>()
  for (const key of policies.flatMap(({ document }) => keysIn(document))) {
    const name = key.toLowerCase()
    if (!known.has(name) && !missing.has(name)) missing.set(name, key)
  }
  return [...missing.values()]
}

function keysIn(document: string): readonly string[] {
  const policy = parseJson(document)
  const statements = isObject(policy) ? [policy.Statement].flat() : []
  return statements.flatMap((statement) => {
    const variables = [...JSON.stringify(statement ?? '').matchAll(/\$\{\s*([\w-]+:[^},]+?)\s*[},]/g)]
    return [...conditionKeys(statement), ...variables.flatMap(([, name]) => name ?? [])]
  })
}

function conditionKeys(statement: unknown): readonly string[] {
  const condition = isObject(statement) ? statement.Condition : undefined
  if (!isObject(condition)) return []
  return Object.values(condition).flatMap((tests) => (isObject(tests) ? Object.keys(tests) : []))
}
