import type { RequestFact, RequestFacts } from './request.js'

export const absent: RequestFact = { state: 'absent' }
export const foreign: RequestFact = { state: 'foreign' }
export const notKnown: RequestFact = { state: 'unknown' }

export function known(...values: readonly string[]): RequestFact {
  return { state: 'known', values }
}

/** Finds the fact of a condition key, in any letter case. */
export type FactLookup = (key: string) => RequestFact

/**
 * An entry whose key ends in `*` (`aws:PrincipalTag/*`) speaks for every key with that beginning that has no
 * entry of its own; the longest beginning wins. Two entries that differ only in letter case leave the key
 * unknown, because IAM does not tell them apart:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function indexFacts(facts: RequestFacts): FactLookup {
  // Most policies have no condition, and then nobody looks.
  let lookup: FactLookup | undefined
  return (key) => {
    lookup ??= indexed(facts)
    return lookup(key)
  }
}

function indexed(facts: RequestFacts): FactLookup {
  const exact = new Map<string, RequestFact>()
  const families: { readonly prefix: string; readonly fact: RequestFact }[] = []
  for (const [key, fact] of Object.entries(facts)) {
    const name = key.toLowerCase()
    if (name.endsWith('*')) families.push({ prefix: name.slice(0, -1), fact })
    else exact.set(name, exact.has(name) ? notKnown : fact)
  }
  families.sort((one, other) => other.prefix.length - one.prefix.length)
  return (key) => {
    const name = key.toLowerCase()
    return exact.get(name) ?? families.find(({ prefix }) => name.startsWith(prefix))?.fact ?? notKnown
  }
}

/**
 * Facts for the tags of a principal, a resource or a request. With the tags known, every other tag is absent;
 * `undefined` means that they could not be read.
 */
export function tagFacts(
  prefix: 'aws:PrincipalTag' | 'aws:ResourceTag' | 'aws:RequestTag',
  tags: Readonly<Record<string, string>> | undefined,
): RequestFacts {
  if (tags === undefined) return { [`${prefix}/*`]: notKnown }
  const entries = Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, known(value)] as const)
  return { ...Object.fromEntries(entries), [`${prefix}/*`]: absent }
}
