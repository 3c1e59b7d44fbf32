import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditSizes } from '../bench/audit.mjs'
import { budgets } from '../bench/budgets.mjs'
import { costed } from '../bench/commands.mjs'
import { installed, notInstalled } from '../bench/install.mjs'

const page = readFileSync(join(import.meta.dirname, '../docs/performance.md'), 'utf8')
const cells = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
const hasRow = (...beginning: readonly string[]) =>
  cells.some((row) => beginning.every((cell, index) => row[index + 1] === cell))

describe('the page of measurements', () => {
  it.each(budgets)('has the ratio of $what', ({ what, against }) => {
    expect(hasRow(what, against)).toBe(true)
    expect([what, against].every((name) => hasRow(name))).toBe(true)
  })

  it.each(costed)('says what %s asks and loads', (name) => {
    expect(cells.some((row) => row[1] === name && row.length === 10)).toBe(true)
  })

  it.each(auditSizes)('says what an audit of %d mappings costs', (mappings) => {
    expect(hasRow(String(mappings))).toBe(true)
  })

  it('says what the first start by npx takes, or that the registry did not answer', () => {
    expect(installed.every((name) => hasRow(name)) || hasRow(notInstalled.what)).toBe(true)
  })

  it('says when, with what and how it was measured, and tells nothing of the machine beyond its cores', () => {
    expect(page).toMatch(/Measured on \d{4}-\d\d-\d\d with Node v\d+\.\d+\.\d+ on \d+ cores, \d+ rounds, by/)
    expect(page).toContain('npm run bench -- --write')
    expect(page).not.toMatch(/\/(?:home|tmp|root|Users|work)\//)
  })
})
