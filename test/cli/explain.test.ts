import { describe, expect, test } from 'vitest'
import { knownAnswers } from '../../src/aws/known-answers.js'
import { runProgram } from '../../src/cli/program.js'
import { rules } from '../../src/preflight/rules/index.js'
import { rulePage } from '../../src/report/rule-page.js'
import { type FakeHostOptions, fakeHost } from './fake-host.js'

/** No credentials, no Region: whatever asked AWS would end with 4. */
async function explain(argv: readonly string[], options: FakeHostOptions = {}) {
  const { host, stdout, stderr } = fakeHost(['explain', ...argv], options)
  const code = await runProgram(host, new AbortController().signal)
  return { code, stdout: stdout(), stderr: stderr() }
}

async function explainJson(...argv: string[]) {
  const { code, stdout } = await explain([...argv, '--json'])
  return { code, document: JSON.parse(stdout) }
}

/** A line that is longer than the page, though it has a blank to be broken at. */
const tooLong = (text: string, columns: number) =>
  text.split('\n').filter((line) => line.length > columns && /\S [^\s\\]/.test(line))

/** What is said, without how it is laid out. */
const wordsOf = (text: string) =>
  text
    .replace(/ \\\n/g, ' ')
    .split(/\s+/)
    .filter((word) => /\w/.test(word))

const refused = 'The function execution role does not have permissions to call ReceiveMessage on SQS'
const wrapped = `Resource handler returned message: "Invalid request provided: ${refused} (Service: Lambda, Status Code: 400, Request ID: 1a2b3c4d-1111-4222-8333-444455556666)" (RequestToken: 5e6f7a8b-1111-4222-8333-444455556666, HandlerErrorCode: InvalidRequest)`

describe('the list', () => {
  test.each([80, 40, 20])('names every rule with what it finds, in %i columns', async (columns) => {
    const { code, stdout, stderr } = await explain([], { columns })
    expect([code, stderr]).toEqual([0, ''])
    for (const { slug } of rules)
      expect(stdout.split('\n').some((line) => line.endsWith(` ${slug}`))).toBe(true)
    for (const { title } of rules) expect(wordsOf(stdout).join(' ')).toContain(wordsOf(title).join(' '))
    expect(tooLong(stdout, columns)).toEqual([])
  })

  test('stands by group, and within it as the preflight judges', async () => {
    const { stdout } = await explain([])
    const [first] = rules
    expect(stdout).toMatch(new RegExp(`^Caller\n  ${first?.severity} +${first?.slug}\n`))
    const told = stdout.split('\n').flatMap((line) => /^ {2}\w+ +([a-z-]+)$/.exec(line)?.[1] ?? [])
    expect(told).toEqual(rules.map(({ slug }) => slug))
  })

  test('is data for scripts', async () => {
    const { code, document } = await explainJson()
    expect(code).toBe(0)
    expect(document.result.rules).toHaveLength(rules.length)
    expect(document.result.rules).toContainEqual({
      slug: 'role-lacks-receive-message',
      group: 'role',
      severity: 'error',
      title: 'The execution role may not receive messages from the queue',
      enforcedByAws: true,
      docs: 'docs/rules/role-lacks-receive-message.md',
    })
  })

  test('of the known errors is another', async () => {
    const { code, stdout } = await explain(['errors'])
    expect(code).toBe(0)
    for (const { slug } of knownAnswers) expect(stdout).toContain(`  ${slug}\n`)
    expect((await explainJson('errors')).document.result.answers).toHaveLength(knownAnswers.length)
  })
})

describe('a rule', () => {
  test.each([80, 40])('in %i columns', async (columns) => {
    const { stdout } = await explain(['visibility-timeout-below-function-timeout'], { columns })
    await expect(stdout).toMatchFileSnapshot(`./snapshots/explain-rule-${columns}.txt`)
    expect(tooLong(stdout, columns)).toEqual([])
  })

  test.each(rules.map((rule) => [rule.slug, rule] as const))('%s: as its page says', async (slug, rule) => {
    const { code, stdout, stderr } = await explain([slug])
    expect([code, stderr]).toEqual([0, ''])
    // What Markdown adds: bars, dashes, number signs, back quotes and angle brackets around links.
    const page = rulePage(rule)
      .replace(/^(?:```.*|\| \| \||\| --- .*)$/gm, '')
      .replace(/<(https:[^>]*)>/g, '$1')
      .replace(/[|`]/g, ' ')
    expect(wordsOf(stdout)).toEqual(wordsOf(page))
    // Both examples name the same facts, and what mends the bad one is said.
    const namesIn = (heading: string) => {
      const [, section = ''] = new RegExp(`\\n## ${heading}\\n(.*?)\\n## `, 's').exec(rulePage(rule)) ?? []
      return [...section.matchAll(/^- `([^`]+?): /gm)].flatMap(([, name = '']) => name)
    }
    const factsIn = (heading: string) => namesIn(heading).map((name) => name.split('.')[0])
    expect(factsIn('Fails with').length).toBeGreaterThan(0)
    expect(factsIn('Passes with')).toEqual(expect.arrayContaining(factsIn('Fails with')))
    expect(rulePage(rule)).toMatch(/\n## Fix\n\n[A-Z].*\.\n/)
  })

  test('is found by the path of its page', async () => {
    const path = 'docs/rules/queue-not-found.md'
    expect((await explain([path])).stdout).toBe((await explain(['queue-not-found'])).stdout)
  })

  test('is data for scripts', async () => {
    const { document } = await explainJson('visibility-timeout-below-function-timeout')
    expect(document.result).toMatchObject({
      status: null,
      rule: {
        slug: 'visibility-timeout-below-function-timeout',
        group: 'queue',
        example: {
          objectsTo: ['queue.visibilityTimeoutSeconds: 30', 'lambdaFunction.timeoutSeconds: 60'],
        },
        sources: [expect.stringMatching(/^https:/)],
      },
    })
    expect(document).toMatchObject({ ok: true, findings: [], context: null })
  })
})

describe('a known error', () => {
  test.each([80, 40])('by its name, in %i columns', async (columns) => {
    const { code, stdout } = await explain(['mapping-already-exists'], { columns })
    expect(code).toBe(0)
    await expect(stdout).toMatchFileSnapshot(`./snapshots/explain-answer-${columns}.txt`)
    expect(tooLong(stdout, columns)).toEqual([])
  })

  test.each([80, 40])('pasted, in %i columns', async (columns) => {
    const { code, stdout, stderr } = await explain([wrapped], { columns })
    expect([code, stderr]).toEqual([0, ''])
    await expect(stdout).toMatchFileSnapshot(`./snapshots/explain-error-${columns}.txt`)
    expect(tooLong(stdout, columns)).toEqual([])
  })

  test('of several lines, as one argument or by standard input', async () => {
    const lines = `\u001b[31mError:\u001b[0m ${wrapped.replace(' permissions', '\n  permissions')}\n`
    const typed = await explain([lines])
    const read = await explain(['-'], { stdin: lines })
    expect(typed).toEqual(read)
    expect(read.stdout).toContain('sqs-trigger explain role-lacks-receive-message')
    expect(read.stdout).not.toContain('\u001b')
  })

  test('leads to the rule with the names that were given, or that stand in the text', async () => {
    const { stdout } = await explain([refused, 'orders', 'worker', '--profile', 'prod'], { columns: 100 })
    expect(stdout).toContain('sqs-trigger explain role-lacks-receive-message orders worker --profile prod\n')
    const denied = `${refused} arn:aws:sqs:eu-west-1:111122223333:orders arn:aws:lambda:eu-west-1:111122223333:function:worker`
    const { document } = await explainJson(denied)
    expect(document.result.answer.rule).toBe('role-lacks-receive-message')
    expect((await explain([denied], { columns: 100 })).stdout.replace(/ \\\n */g, ' ')).toContain(
      'role-lacks-receive-message arn:aws:sqs:eu-west-1:111122223333:orders arn:aws:lambda:eu-west-1:111122223333:function:worker --region eu-west-1',
    )
  })

  test('by its name, with the queue and the function in its commands', async () => {
    const { stdout } = await explain([
      'execution-role-lacks-permission',
      '--queue',
      'orders',
      '--function',
      'worker',
    ])
    expect(stdout).toContain('sqs-trigger explain role-lacks-receive-message orders worker\n')
  })

  test('is data for scripts', async () => {
    const { code, document } = await explainJson(wrapped)
    expect(code).toBe(0)
    expect(document.result).toEqual({
      found: {
        wrapper: 'cloudformation',
        service: 'lambda',
        operation: null,
        code: null,
        message: refused,
        httpStatus: 400,
        requestId: '1a2b3c4d-1111-4222-8333-444455556666',
      },
      answer: {
        slug: 'execution-role-lacks-permission',
        code: 'REJECTED_BY_AWS',
        message: "The function's execution role may not call ReceiveMessage on SQS.",
        hint: expect.stringContaining('Add the permission to the role'),
        rule: 'role-lacks-receive-message',
      },
      others: [],
      more: 0,
    })
  })

  test('among several is told first, and the others below it', async () => {
    const said = [
      'Function does not exist',
      refused,
      'Rate exceeded',
      'Unrecognized event source.',
      'Invalid filter pattern definition.',
      'Batching window is not supported for FIFO queues',
    ]
    const text = said.map((line) => `╷\n│ Error: creating it: ${line}\n│ \n╵`).join('\n')
    const { code, stdout } = await explain([text])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^function-does-not-exist\n/)
    expect(stdout).toContain(
      "\nAlso in the text\n  execution-role-lacks-permission\n    The function's execution role may not call ReceiveMessage on SQS.\n    sqs-trigger explain execution-role-lacks-permission\n  too-many-requests\n",
    )
    expect(stdout).toMatch(/ {2}invalid-filter-pattern\n.*\n.*\n {2}and 1 more; paste them one by one\n$/)
    const { document } = await explainJson(text)
    expect(document.result.answer.slug).toBe('function-does-not-exist')
    expect(document.result.others).toHaveLength(4)
    expect(document.result.others[0]).toMatchObject({
      found: { message: refused },
      answer: { rule: 'role-lacks-receive-message' },
    })
    expect(document.result.more).toBe(1)
  })

  test('in ASCII', async () => {
    const { stdout } = await explain([wrapped, '--ascii'])
    expect([...stdout].filter((character) => character > '~')).toEqual([])
  })
})

describe('what is not known', () => {
  const teapot =
    'An error occurred (TeapotException) when calling the CreateEventSourceMapping operation: I am a teapot'

  test('is said so, with what was found in the text, and ends with 2', async () => {
    const { code, stdout, stderr } = await explain([teapot])
    expect(code).toBe(2)
    expect(stdout).toContain('code       TeapotException\n')
    expect(stdout).toContain('operation  CreateEventSourceMapping\n')
    expect(stdout).toContain('message    I am a teapot\n')
    expect(stderr).toMatch(
      /Nothing is known of this error\.\n.*\n? +sqs-trigger explain errors\n +Paste the whole text, with the name of the operation in it\.[^`]*got sqs-trigger from\.\n$/,
    )
  })

  test('is shown whole', async () => {
    const text =
      '2026-11-23T10:00:00Z INFO deploying\n2026-11-23T10:00:01Z ERROR deploy failed\n\nwhy: disk full'
    const { code, stdout } = await explain(['-'], { stdin: `${text}\n` })
    expect(code).toBe(2)
    for (const line of text.split('\n')) expect(stdout).toContain(line)
  })

  test('is data all the same', async () => {
    const { code, document } = await explainJson(teapot)
    expect(code).toBe(2)
    expect(document).toMatchObject({
      ok: false,
      exitName: 'USAGE',
      result: { answer: null, found: { code: 'TeapotException', wrapper: 'aws-cli' } },
      error: { code: 'USAGE', message: 'Nothing is known of this error.' },
    })
  })

  test.each([
    ['role-lacks-recieve-message', 'did you mean role-lacks-receive-message?'],
    ['mapping-allready-exists', 'did you mean mapping-already-exists?'],
    ['nonsense', 'see the rules:'],
  ])('a name of nothing: %s', async (typed, said) => {
    const { code, stdout, stderr } = await explain([typed], { columns: 100 })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`There is no rule or known error "${typed}"`)
    expect(wordsOf(stderr).join(' ')).toContain(wordsOf(said).join(' '))
  })

  test('an error without quotes around it', async () => {
    const { code, stderr } = await explain(['Function', 'does', 'not'])
    expect(code).toBe(2)
    expect(stderr).toContain('put a pasted error in quotes, or pipe it in:')
  })

  test.each<[string, readonly string[], FakeHostOptions]>([
    ['an empty text', [''], {}],
    ['an empty standard input', ['-'], { stdin: ' \n' }],
    ['a queue without a rule', ['--queue', 'orders'], {}],
  ])('%s', async (_, argv, options) => {
    const { code, stderr } = await explain(argv, options)
    expect(code).toBe(2)
    expect(stderr).toContain('There is nothing to explain.')
  })

  test('one end of the pair alone, or one that is given twice', async () => {
    const alone = await explain(['queue-not-found', 'orders'])
    expect(alone).toMatchObject({ code: 2, stdout: '' })
    expect(alone.stderr).toContain("sqs-trigger explain queue-not-found orders '<function>'")
    const twice = await explain(['queue-not-found', 'orders', 'worker', '--queue', 'billing'])
    expect(twice.stderr).toContain('The queue is given twice, as "orders" and with --queue as "billing".')
  })
})
