import type { Answer, Gap } from './answer.js'
import { clip } from './clip.js'
import type { Decision, Evidence, PolicyLayer, UnknownClass } from './decision.js'
import { namePolicy, noneAllows, wholeLayers } from './layer-names.js'

/** Puts "some Deny applies" and "everything that must allow does" together, with the reason in words. */
export function decide(deny: Answer, allow: Answer): Decision {
  if (deny.value === 'yes') {
    const denying = distinct(deny.evidence)
    const said = `explicit Deny in ${nameStatements(denying)}`
    // Without the Deny it would still be refused: fixing the one leaves the other.
    const lacking = allow.value === 'no' ? distinct(allow.evidence) : []
    const reason = lacking.length === 0 ? said : `${said}; besides, ${lackOf(lacking)}`
    return settled('denied', reason, [...denying.slice(0, most), ...lacking])
  }
  if (allow.value === 'no') {
    const evidence = distinct(allow.evidence)
    return settled('denied', lackOf(evidence), evidence)
  }
  if (deny.value === 'no' && allow.value === 'yes') {
    const evidence = distinct(allow.evidence)
    const by = evidence.map(nameStatement).join(' and by ')
    return settled(
      'allowed',
      by === '' ? 'allowed to the root user of the account' : `allowed by ${by}`,
      evidence,
    )
  }
  const doubts = [deny, allow].filter((answer) => answer.value === 'unknown')
  const gaps = doubts.flatMap((answer) => answer.gaps)
  return {
    verdict: 'unknown',
    reason: `cannot decide: ${nameDoubt(deny, allow)} (${list(gaps.map(nameGap), '; ')})`,
    evidence: distinct(doubts.flatMap((answer) => answer.evidence)).slice(0, most),
    missing: [...new Set(gaps.map((gap) => gap.name))].slice(0, most),
    unknownClass: gravestClass(gaps),
  }
}

/** No more doubts are told than anyone reads, however many a document holds. */
const most = 50

/** A Deny in doubt is named before an Allow: it would be final. Layers that nobody could read have no statement. */
function nameDoubt(deny: Answer, allow: Answer): string {
  const [doubtful, effect] =
    deny.value === 'unknown' ? ([deny, 'Deny'] as const) : ([allow, 'Allow'] as const)
  const statements = doubtful.evidence.filter((item) => item.effect === effect).map(nameStatement)
  const some = effect === 'Deny' ? 'a Deny' : 'an Allow'
  const subject = statements.length === 0 ? some : `the ${effect} of ${list(statements, ' or of ')}`
  return `${subject} may ${effect === 'Deny' ? 'apply' : 'not apply'}`
}

/** The first few of many, without repetitions. */
function list(texts: readonly string[], separator: string): string {
  const different = [...new Set(texts)]
  const named = different.slice(0, 5)
  const rest = different.length - named.length
  return rest === 0 ? named.join(separator) : `${named.join(separator)}${separator}${rest} more`
}

function settled(verdict: 'allowed' | 'denied', reason: string, evidence: readonly Evidence[]): Decision {
  return { verdict, reason, evidence, missing: [] }
}

const nameStatement = (statement: Evidence) => nameStatements([statement])

/**
 * Statements by their policies: `identity policy orders, statements 1 and 3 (Sid Lock)`.
 * @param nameOf How a policy is called. Default: by its kind and its own name.
 */
export function nameStatements(
  evidence: readonly Evidence[],
  nameOf: (one: Evidence) => string = ({ layer, policy }) => namePolicy(layer, policy),
): string {
  const names = [...new Set(evidence.map(nameOf))]
  const places = names.map((name) => {
    const numbers = evidence.filter((one) => nameOf(one) === name).flatMap(numberOf)
    if (numbers.length === 0) return name
    return `${name}, statement${numbers.length > 1 ? 's' : ''} ${list(numbers, ' and ')}`
  })
  return list(places, ' and in ')
}

function numberOf({ index, sid }: Evidence): readonly string[] {
  if (index === undefined) return []
  return [`${index}${sid === undefined ? '' : ` (Sid ${clip(sid)})`}`]
}

function lackOf(evidence: readonly Evidence[]): string {
  return noneAllows([...new Set(evidence.map(({ layer }) => layer))])
}

function nameGap({ name, why }: Gap): string {
  if (why !== undefined) return why
  const [, layer] = /^policies:(\w+)$/.exec(name) ?? []
  return layer !== undefined && isLayer(layer)
    ? `${wholeLayers[layer]} could not be read`
    : `${clip(name)} is not known`
}

const isLayer = (name: string): name is PolicyLayer => Object.hasOwn(wholeLayers, name)

/** The class that is tolerated least, because each gap by itself keeps the answer open. */
function gravestClass(gaps: readonly Gap[]): UnknownClass {
  const order: readonly UnknownClass[] = ['core', 'context', 'guardrail']
  return order.find((candidate) => gaps.some((gap) => gap.class === candidate)) ?? 'core'
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((item) => [JSON.stringify(item), item])).values()]
}
