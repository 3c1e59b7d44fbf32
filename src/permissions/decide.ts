import type { Answer, Gap } from './answer.js'
import type { Decision, Evidence, PolicyLayer, UnknownClass } from './decision.js'

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
  const doubt = deny.value === 'unknown' ? 'a Deny may apply' : 'an Allow may not apply'
  return {
    verdict: 'unknown',
    reason: `cannot decide: ${doubt} (${[...new Set(gaps.map(nameGap))].join('; ')})`,
    evidence: distinct(doubts.flatMap((answer) => answer.evidence)),
    missing: [...new Set(gaps.map((gap) => gap.name))],
    unknownClass: gravestClass(gaps),
  }
}

function settled(verdict: 'allowed' | 'denied', reason: string, evidence: readonly Evidence[]): Decision {
  return { verdict, reason, evidence, missing: [] }
}

const layerNames: Readonly<Record<PolicyLayer, string>> = {
  identity: 'identity policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource policy',
  key: 'key policy',
  grant: 'key grant',
  trust: 'trust policy',
  live: 'live call',
  simulator: 'IAM policy simulator',
}

function nameStatement({ layer, policy, sid, index }: Evidence): string {
  const place = [layerNames[layer], policy].filter((part) => part !== undefined).join(' ')
  if (index === undefined) return place
  return `${place}, statement ${index}${sid === undefined ? '' : ` (${sid})`}`
}

function lackOf(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return 'no policy allows it'
  const caps = evidence.filter(({ layer }) => layer === 'boundary' || layer === 'session')
  if (caps.length === evidence.length) {
    return `the ${caps.map(({ layer }) => layerNames[layer]).join(' and the ')} does not allow it`
  }
  return `${evidence.map(({ layer }) => `no ${layerNames[layer]}`).join(' and ')} allows it`
}

function nameGap({ name, why }: Gap): string {
  if (why !== undefined) return why
  const [, layer] = /^policies:(\w+)$/.exec(name) ?? []
  return layer === undefined ? `${name} is not known` : `${layer} policies could not be read`
}

/** The class that is tolerated least, because each gap by itself keeps the answer open. */
function gravestClass(gaps: readonly Gap[]): UnknownClass {
  const order: readonly UnknownClass[] = ['core', 'context', 'guardrail']
  return order.find((candidate) => gaps.some((gap) => gap.class === candidate)) ?? 'core'
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((item) => [JSON.stringify(item), item])).values()]
}
