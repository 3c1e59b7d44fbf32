import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { absent, unknown } from '../../src/preflight/fact.js'
import { groups } from '../../src/preflight/finding.js'
import { judge } from '../../src/preflight/judge.js'
import { rules } from '../../src/preflight/rules/index.js'
import { context, factsWith, factsWithout } from '../preflight/healthy-facts.js'

const files = readdirSync(new URL('../../src/preflight/rules', import.meta.url)).filter(
  (file) => file !== 'index.ts',
)

describe('the catalogue of rules', () => {
  it('has every rule in a file of its own name, once', () => {
    expect(rules.map(({ slug }) => `${slug}.ts`).toSorted()).toEqual(files.toSorted())
  })

  it('keeps every name that scripts may go by: none is taken away, a new one is written down', () => {
    const released = readFileSync(new URL('./released-names.txt', import.meta.url), 'utf8')
    expect(rules.map(({ slug }) => slug).toSorted()).toEqual(released.trimEnd().split('\n'))
  })

  it('stands in the order of the groups', () => {
    const positions = rules.map(({ group }) => groups.indexOf(group))
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
  })

  it('finds nothing wrong with a healthy queue and function', () => {
    const findings = rules.map((rule) => judge(rule, factsWith({}), context))
    const objections = findings.filter(({ status }) => status !== 'pass' && status !== 'skip')
    expect(objections.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['partial-batch-response-off', 'info'],
    ])
  })
})

it('rules that tell of the same cause are rules of the catalogue', () => {
  const slugs = rules.map(({ slug }) => slug)
  const named = rules.flatMap(({ toldBy = [], yieldsTo = [] }) => [...toldBy, ...yieldsTo])
  expect(named.length).toBeGreaterThan(0)
  expect(slugs).toEqual(expect.arrayContaining(named))
})

describe.each(rules.map((rule) => [rule.slug, rule] as const))('%s', (slug, rule) => {
  it('names the bad thing, says why, and where it is written', () => {
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)+$/)
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/)
    expect(rule.why).toMatch(/^[A-Z].*\.$/)
    expect(rule.sources.length).toBeGreaterThan(0)
    for (const source of rule.sources) expect(new URL(source).hostname).toBe('docs.aws.amazon.com')
    expect(rule.needs.length).toBeGreaterThan(0)
  })

  it('objects to its bad example, in a sentence with a name in it', () => {
    const finding = judge(rule, factsWith(rule.example.bad), context)
    expect(finding.status).toBe(rule.severity === 'error' ? 'fail' : 'warn')
    expect(finding.message).toMatch(/^[A-Z].*[.]$/)
    expect(finding.message).not.toMatch(/undefined|null|\[object/)
    for (const { text } of finding.fix?.commands ?? [])
      expect(text).toMatch(/--profile prod --region eu-central-1$/)
  })

  it('passes its good example', () => {
    // Between two accounts only, a rule has something to pass.
    const across = { ...context, queueArn: context.queueArn.replace('1111', '4444') }
    const here = slug === 'queue-policy-omits-role' ? across : context
    expect(judge(rule, factsWith(rule.example.good), here).status).toBe('pass')
  })

  it.each(rule.needs.map((name) => [name]))('answers unknown when %s could not be read', (name) => {
    const gap = unknown('iam:GetRole was refused', 'iam:GetRole')
    const facts = { ...factsWith(rule.example.bad), [name]: gap }
    // A queue and a role of two accounts: else the queue's policy need not name the role, readable or not.
    const finding = judge(rule, facts, { ...context, queueArn: context.queueArn.replace('1111', '4444') })
    expect(finding.status).toBe('unknown')
    expect(finding.message).toBe(`"${rule.title}" cannot be ruled out: iam:GetRole was refused.`)
    expect(finding.gap).toEqual({
      problem: rule.title,
      reason: 'iam:GetRole was refused',
      permission: 'iam:GetRole',
      class: 'core',
    })
    expect(finding.certainty).toBe('none')
  })

  it('is skipped with the reason when what it judges is not there', () => {
    const [name = 'placement'] = rule.needs
    const finding = judge(rule, factsWithout(name, absent('there is no such thing')), context)
    expect(finding).toMatchObject({ status: 'skip', message: 'There is no such thing.' })
  })

  it(rule.enforcedByAws ? 'cannot be ignored' : 'can be ignored', () => {
    const finding = judge(rule, factsWith(rule.example.bad), context, [slug])
    expect(finding.status === 'ignored').toBe(!rule.enforcedByAws)
  })
})
