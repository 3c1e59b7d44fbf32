import { expect } from 'vitest'
import type { Finding, FindingStatus } from '../../src/preflight/finding.js'
import { judge } from '../../src/preflight/judge.js'
import type { ExampleFacts, RuleContext } from '../../src/preflight/rule.js'
import { rules } from '../../src/preflight/rules/index.js'
import { context, factsWith } from '../preflight/healthy-facts.js'

/** One row: the healthy facts with this change, judged by this rule. */
export type Row = readonly [
  rule: string,
  what: string,
  patch: ExampleFacts,
  status: FindingStatus,
  message?: string | RegExp,
]

export function judgeWith(slug: string, patch: ExampleFacts, about: Partial<RuleContext> = {}): Finding {
  const rule = rules.find((candidate) => candidate.slug === slug)
  if (!rule) throw new Error(`there is no rule ${slug}`)
  return judge(rule, factsWith(patch), { ...context, ...about })
}

export function expectRow([slug, , patch, status, message]: Row): void {
  const finding = judgeWith(slug, patch)
  expect(finding.status).toBe(status)
  if (typeof message === 'string') expect(finding.message).toBe(message)
  else if (message) expect(finding.message).toMatch(message)
}
