/** A policy document as parsed JSON. */
type Document = Readonly<Record<string, unknown>>

/**
 * Whether two documents say the same, whatever the order of keys, statements, actions and resources, and whether a list
 * of one is written as a list. Every list in a policy is a set.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function samePolicy(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other)
}

/** One text for everything that says the same. Numbers and truth values count like their texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    const items = [...new Set(value.map(canonicalJson))].toSorted()
    return items.length === 1 ? (items[0] ?? '') : `[${items.join(',')}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value))
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/**
 * The first document with what the second one has beside it: nothing is taken away, and what says the same already is
 * not said twice. A Sid that is taken gets a number: IAM wants each only once in a document.
 */
export function mergePolicies(present: Document, wanted: Document): Document {
  const had = statementsOf(present)
  const sids = new Set(had.map(({ Sid }) => Sid))
  const added: Document[] = []
  for (const statement of statementsAdded(present, wanted)) {
    const { Sid } = statement
    const free = typeof Sid === 'string' ? { Sid: freeSid(Sid, sids) } : {}
    sids.add(free.Sid)
    added.push({ ...statement, ...free })
  }
  return added.length === 0 ? present : { ...present, Statement: [...had, ...added] }
}

/** The statements of the second document that the first does not say. */
export function statementsAdded(present: Document, wanted: Document): readonly Document[] {
  const said = new Set(statementsOf(present).map(withoutSid))
  return statementsOf(wanted).filter((statement) => !said.has(withoutSid(statement)))
}

function statementsOf({ Statement }: Document): readonly Document[] {
  // Whatever IAM stored is an object or a list of objects; anything else is kept as it is and never looked into.
  return [Statement].flat().filter((item): item is Document => typeof item === 'object' && item !== null)
}

const withoutSid = ({ Sid: _, ...rest }: Document) => canonicalJson(rest)

function freeSid(wanted: string, taken: ReadonlySet<unknown>): string {
  let sid = wanted
  for (let number = 2; taken.has(sid); number += 1) sid = `${wanted}${number}`
  return sid
}
