import type { Answer, Gap } from './answer.js'
import { clip } from './clip.js'
import type { Decision, Evidence, PolicyLayer, UnknownClass } from './decision.js'
import { layerNames, wholeLayers } from './layer-names.js'

/** Puts "some Deny applies" and "everything that must allow does" together, with the reason in words. */
export function decide(deny: Answer, allow: Answer): Decision {
  if (deny.value === 'yes') {
    const evidence = distinct(deny.evidence)
    return settled('denied', `explicit Deny in ${evidence.map(nameStatement).join(' and in ')}`, evidence)
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

function nameStatement({ layer, policy, sid, index }: Evidence): string {
  const place = [layerNames[layer], policy].filter((part) => part !== undefined).join(' ')
  if (index === undefined) return place
  return `${place}, statement ${index}${sid === undefined ? '' : ` (${clip(sid)})`}`
}

function lackOf(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return 'no policy allows it'
  const caps = evidence.filter(({ layer }) => layer === 'boundary' || layer === 'session')
  if (caps.length === evidence.length) {
    const names = caps.map(({ layer }) => `the ${layerNames[layer]}`).join(' and ')
    return `${names} ${caps.length > 1 ? 'do' : 'does'} not allow it`
  }
  return `${evidence.map(({ layer }) => `no ${layerNames[layer]}`).join(' and ')} allows it`
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
