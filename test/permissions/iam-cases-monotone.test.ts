import { expect, test } from 'vitest'
import { type IamCaller, type IamCase, runIamCase } from './iam-case.js'
import { allCases } from './iam-case-files.js'

/** Each way of knowing less: what is not known may then be anything, also nothing at all. */
const hidings: Readonly<Record<string, (row: IamCase) => IamCase>> = {
  'role policies': (row) => ({ ...row, rolePolicies: 'unreadable' }),
  boundary: (row) => ({ ...row, boundary: 'unreadable' }),
  'service control policies': (row) => ({ ...row, scps: 'unreadable' }),
  'resource control policies': (row) => ({ ...row, rcps: 'unreadable' }),
  'queue policy': (row) => ({ ...row, queuePolicy: 'unreadable' }),
  'key policy': (row) => ({ ...row, keyPolicy: 'unreadable' }),
  grants: (row) => ({ ...row, kmsGrant: 'unreadable' }),
  'trust policy': (row) => ({ ...row, function: { ...row.function, trust: 'unreadable' } }),
  'tags of the role': (row) => ({ ...row, function: { ...row.function, roleTags: null } }),
  'tags of the queue': (row) => ({ ...row, queue: { ...row.queue, tags: null } }),
  organisation: (row) => ({ ...row, function: { ...row.function, orgId: 'unknown' } }),
  'policies of the caller': (row) => withCaller(row, { policies: 'unreadable' }),
  'boundary of the caller': (row) => withCaller(row, { boundary: 'unreadable' }),
  'session policy': (row) => withCaller(row, { sessionPolicy: 'unreadable' }),
  'tags of the caller': (row) => withCaller(row, { tagsKnown: false }),
}

const judged = allCases().map((row) => ({ row, before: runIamCase(row) }))

test.each(Object.entries(hidings))('without knowing the %s no verdict turns into its opposite', (_, hide) => {
  for (const { row, before } of judged) {
    const less = hide(row)
    if (less === row) continue
    const after = runIamCase(less)
    const pairs = Object.entries(before.actions).map(([action, decision]) => ({
      ...{ action, before: decision.verdict, after: after.actions[action]?.verdict },
    }))
    const trust = { action: 'trust', before: before.trust?.verdict, after: after.trust?.verdict }
    const wrong = [...pairs, trust].filter((pair) => pair.after !== pair.before && pair.after !== 'unknown')
    expect(wrong, row.id).toEqual([])
  }
})

function withCaller(row: IamCase, less: Partial<IamCaller>): IamCase {
  return row.caller === null ? row : { ...row, caller: { ...row.caller, ...less } }
}
