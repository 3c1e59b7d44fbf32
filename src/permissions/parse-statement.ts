import { isJsonObject } from '../json-object.js'
import { clip } from './clip.js'
import type {
  ConditionTest,
  PolicyFault,
  PrincipalKind,
  PrincipalSelection,
  Selection,
  Statement,
} from './policy.js'

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]
const principalKinds: readonly PrincipalKind[] = ['AWS', 'Service', 'Federated', 'CanonicalUser']

/** Which layer wants a Principal or a Resource is not judged here. `index` counts from 1. */
export function parseStatement(item: unknown, index: number): Statement | PolicyFault {
  if (!isJsonObject(item)) return { problem: 'is not an object' }
  const stranger = Object.keys(item).find((key) => !elements.includes(key))
  if (stranger !== undefined) return { problem: `has an element ${clip(stranger)}` }
  const { Sid: sid, Effect: effect } = item
  if (effect !== 'Allow' && effect !== 'Deny')
    return { problem: 'has an Effect that is neither Allow nor Deny' }
  if (sid !== undefined && typeof sid !== 'string') return { problem: 'has a Sid that is not a string' }

  const action = parseSelection(item, 'Action')
  if (action === undefined) return { problem: 'has no Action' }
  if ('problem' in action) return action
  const resource = parseSelection(item, 'Resource')
  if (resource !== undefined && 'problem' in resource) return resource
  const principal = parsePrincipal(item)
  if (principal !== undefined && 'problem' in principal) return principal
  const conditions = parseConditions(item.Condition)
  if ('problem' in conditions) return conditions

  return {
    index,
    effect,
    action,
    conditions,
    ...(sid === undefined ? {} : { sid }),
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
  }
}

function parseSelection(
  item: Readonly<Record<string, unknown>>,
  element: 'Action' | 'Resource',
): Selection | PolicyFault | undefined {
  const choice = eitherOf(item, element)
  if (choice === undefined || 'problem' in choice) return choice
  const patterns = strings(choice.value)
  if (patterns === undefined)
    return { problem: `has an invalid ${choice.name}: neither a string nor a list of strings` }
  // IAM stores neither a bare name nor an action without its service, which is named in full.
  const stray = patterns.find((pattern) => !shapes[element].test(pattern))
  if (stray !== undefined) return { problem: `has an invalid ${choice.name} ${JSON.stringify(clip(stray))}` }
  return { negated: choice.negated, patterns }
}

const shapes = {
  Action: /^\*$|^(?:\*|[A-Za-z0-9-]+):/,
  Resource: /^\*+$|^arn:|^\$\{/,
} as const

function parsePrincipal(
  item: Readonly<Record<string, unknown>>,
): PrincipalSelection | PolicyFault | undefined {
  const choice = eitherOf(item, 'Principal')
  if (choice === undefined || 'problem' in choice) return choice
  const value = choice.value === '*' ? { AWS: '*' } : choice.value
  if (!isJsonObject(value)) return { problem: `has a ${choice.name} that is neither "*" nor an object` }
  const entries: PrincipalSelection['entries'][number][] = []
  for (const [key, listed] of Object.entries(value)) {
    const kind = principalKinds.find((known) => known === key)
    const names = strings(listed)
    if (kind === undefined || names === undefined) return { problem: `has an invalid ${choice.name}` }
    // IAM takes "*" alone, never as part of a name.
    if (names.some((name) => name !== '*' && /[*?]/.test(name)))
      return { problem: `has a ${choice.name} with a wildcard within a name` }
    for (const name of names) entries.push({ kind, value: name })
  }
  if (entries.length === 0) return { problem: `has an empty ${choice.name}` }
  return { negated: choice.negated, entries }
}

function parseConditions(condition: unknown): readonly ConditionTest[] | PolicyFault {
  if (condition === undefined) return []
  if (!isJsonObject(condition)) return { problem: 'has a Condition that is not an object' }
  const tests: ConditionTest[] = []
  const seen = new Set<string>()
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isJsonObject(keys)) return { problem: `has a Condition ${clip(operator)} that is not an object` }
    for (const [key, value] of Object.entries(keys)) {
      const values = scalars(value)
      if (values === undefined) return { problem: `has an invalid value of ${clip(key)}` }
      // Neither operators nor keys are told apart by letter case, so that a second one would replace the first.
      const place = JSON.stringify([operator.toLowerCase(), key.toLowerCase()])
      if (seen.has(place)) return { problem: `has ${clip(key)} twice under ${clip(operator)}` }
      seen.add(place)
      tests.push({ operator, key, values })
    }
  }
  return tests
}

/** An element or its negation, whichever the statement has. */
interface Choice {
  readonly name: string
  readonly negated: boolean
  readonly value: unknown
}

function eitherOf(
  item: Readonly<Record<string, unknown>>,
  element: 'Action' | 'Resource' | 'Principal',
): Choice | PolicyFault | undefined {
  const plain = item[element]
  const negation = item[`Not${element}`]
  if (plain !== undefined && negation !== undefined)
    return { problem: `has both ${element} and Not${element}` }
  if (plain !== undefined) return { name: element, negated: false, value: plain }
  if (negation !== undefined) return { name: `Not${element}`, negated: true, value: negation }
  return undefined
}

function strings(value: unknown): readonly string[] | undefined {
  const list = [value].flat()
  return list.length > 0 && list.every((entry) => typeof entry === 'string') ? list : undefined
}

function scalars(value: unknown): readonly string[] | undefined {
  const list = [value].flat()
  const valid = list.every((entry) => ['string', 'number', 'boolean'].includes(typeof entry))
  return list.length > 0 && valid ? list.map(String) : undefined
}
