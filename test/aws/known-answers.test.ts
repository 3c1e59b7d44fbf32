import { describe, expect, it } from 'vitest'
import { example, knownAnswers, recognise } from '../../src/aws/known-answers.js'
import { callerActions } from '../../src/preflight/facts.js'
import { rules } from '../../src/preflight/rules/index.js'

const nobody = { service: '', operation: '' }
const slugs = knownAnswers.map(({ slug }) => slug)

describe('the known answers', () => {
  it('have names of their own, which no rule has', () => {
    expect(new Set(slugs).size).toBe(slugs.length)
    expect(slugs.filter((slug) => rules.some((rule) => rule.slug === slug))).toEqual([])
    expect(slugs.filter((slug) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(slug))).toEqual([])
  })

  it('have a title in one line', () => {
    for (const { title } of knownAnswers) expect(title).toMatch(/^[A-Z][^\n]*[^.\n]$/)
  })
})

it.each(knownAnswers.map((answer) => [answer.slug, answer] as const))(
  '%s advises without knowing the call, and names a rule that exists',
  (_, answer) => {
    const { hint, rule } = example(answer, nobody)
    const lines = hint.split('\n')
    const isCommand = (line: string) => /^(?:aws|sqs-trigger) [a-z]/.test(line)
    const labelled = /^[\w ,-]+: (?:aws|sqs-trigger) [a-z]/
    // What to do in words, then perhaps commands; what leads to a command has one below it.
    expect(lines[0]).toMatch(/^[A-Z-].*(?:[.:]|https:\S+)$/)
    for (const [index, line] of lines.entries()) {
      if (!isCommand(line) && !labelled.test(line))
        expect(line.endsWith(':')).toBe(isCommand(lines[index + 1] ?? ''))
    }
    expect(hint).not.toMatch(/undefined|null|NaN|\[object/)
    if (rule !== undefined) expect(rules.map((one) => one.slug)).toContain(rule)
  },
)

const recorded = knownAnswers.flatMap((answer) =>
  answer.says === undefined ? [] : [[answer.slug, answer.says, answer] as const],
)

it.each(recorded)('%s is what its own text is taken for, and says a sentence', (slug, text, answer) => {
  const failure = { name: '', codes: [], text, status: undefined }
  expect(recognise(failure, nobody)?.slug).toBe(slug)
  const { message } = example(answer, nobody)
  expect(message).toMatch(/^[A-Za-z][^\n]+$/)
  expect(message).not.toMatch(/undefined|null|NaN|\[object/)
})

it.each(callerActions)('a refusal of %s leads to the rule that judges it, where there is one', (action) => {
  const [service = '', operation = ''] = action.split(':')
  const words = operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const rule = rules.find(({ slug }) => slug === `caller-lacks${words}`)?.slug
  const text = `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: ${action} on resource: *`
  const failure = { name: 'AccessDenied', codes: ['AccessDenied'], text, status: 403 }
  expect(recognise(failure, { service, operation })).toMatchObject({ slug: 'access-denied', rule })
})
