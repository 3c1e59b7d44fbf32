import { describe, expect, test } from 'vitest'
import { runIamCase } from './iam-case.js'
import { allCases, shortCases } from './iam-case-files.js'

describe('policy situations', () => {
  test.each(allCases())('$id $description', (row) => {
    const { overall, actions, trust } = runIamCase(row)
    const verdicts = Object.entries(actions).map(([action, { verdict }]) => [action, verdict])
    const wantedTrust = row.subject === 'role' ? (row.expect.trust ?? 'allowed') : undefined
    expect({ overall, actions: Object.fromEntries(verdicts), trust: trust?.verdict }).toEqual({
      overall: row.expect.overall,
      actions: row.expect.actions,
      trust: wantedTrust,
    })
  })

  test('each has a name of its own, and the further ones say where AWS says so', () => {
    const ids = allCases().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { source } of shortCases()) expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
  })
})
