import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type IamCase, runIamCase } from './iam-case.js'

// The shape is that of a file in this folder, which only people change.
const rows = JSON.parse(
  readFileSync(new URL('./iam-cases.json', import.meta.url), 'utf8'),
) as readonly IamCase[]

describe('policy situations', () => {
  test.each(rows)('$id $description', (row) => {
    const { overall, actions, trust } = runIamCase(row)
    const wantedTrust = row.subject === 'role' ? (row.expect.trust ?? 'allowed') : undefined
    expect({ overall, actions, trust }).toEqual({
      overall: row.expect.overall,
      actions: row.expect.actions,
      trust: wantedTrust,
    })
  })
})
