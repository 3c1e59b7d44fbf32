import { expect, test } from 'vitest'
import type { Finding } from '../../src/preflight/finding.js'
import { failedFinding, preflightEnded, preflightEvents, reported, usage } from './json-run.js'
import { all, type Element, parseXml } from './json-xml.js'
import { findings } from './samples.js'

const failed = findings.filter(({ status }) => status === 'fail')
const unknown = findings.filter(({ status }) => status === 'unknown')

async function document(given: readonly Finding[], stops: readonly Finding[]) {
  const { stdout } = await reported('junit', preflightEnded(given, stops), { events: preflightEvents(given) })
  return parseXml(stdout)
}

const caseOf = (root: Element, rule: string) =>
  all(root, 'testcase').find(({ attributes }) => attributes.name === rule)

test('a suite for each group, a case for each rule, and sums that are true', async () => {
  const root = await document(findings, failed)
  expect(root).toMatchObject({
    name: 'testsuites',
    attributes: { name: 'sqs-trigger preflight', tests: '7', failures: '1', errors: '0' },
  })
  expect(root.attributes.time).toMatch(/^\d+\.\d{3}$/)
  expect(root.children.map(({ attributes }) => attributes.name)).toEqual([
    'caller',
    'queue',
    'role',
    'mapping',
  ])
  for (const suite of root.children) {
    const count = (name: string) => String(all(suite, name).length)
    expect(suite.attributes).toMatchObject({
      tests: count('testcase'),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    })
  }
  expect(new Set(all(root, 'testcase').map(({ attributes }) => attributes.classname))).toEqual(
    new Set(['orders->order-worker']),
  )
})

test.each<[string, string, string, string]>([
  [
    'fail',
    'role-lacks-receive-message',
    'failure',
    'order-worker-role may not call sqs:ReceiveMessage on orders.',
  ],
  [
    'unknown',
    'role-not-assumable-by-lambda',
    'skipped',
    'unknown: "Lambda may not assume the execution role" cannot be ruled out: iam:GetRole was refused.',
  ],
  ['skip', 'role-lacks-decrypt', 'skipped', 'orders is not encrypted with a key.'],
])('%s', async (_, rule, element, message) => {
  const found = caseOf(await document(findings, failed), rule)
  expect(found?.children).toMatchObject([{ name: element, attributes: { message } }])
})

test('a failure says what, why and how it is mended', async () => {
  const text = caseOf(await document(findings, failed), 'role-lacks-receive-message')?.children[0]?.text ?? ''
  expect(text.split('\n')).toEqual([
    'order-worker-role may not call sqs:ReceiveMessage on orders.',
    'Lambda reads the queue as this role, and AWS refuses the mapping without it.',
    'Fix: Allow the role to read the queue.',
    expect.stringMatching(/^aws iam put-role-policy .*"sqs:ReceiveMessage".* --profile dev$/),
    'More: sqs-trigger explain role-lacks-receive-message',
  ])
})

test('a pass has nothing to say, a warning passes with its text', async () => {
  const root = await document(findings, failed)
  expect(caseOf(root, 'queue-not-found')?.children).toEqual([])
  expect(caseOf(root, 'no-dead-letter-queue')?.children).toMatchObject([
    { name: 'system-out', text: expect.stringMatching(/^warning: orders has no dead-letter queue\./) },
  ])
  expect(caseOf(root, 'partial-batch-response-off')?.children).toMatchObject([
    { name: 'system-out', text: expect.stringMatching(/^note: /) },
  ])
})

test('what --fail-on and --strict count is a failure and an error', async () => {
  const warned = findings.filter(({ rule }) => rule === 'no-dead-letter-queue')
  const root = await document(findings, [...failed, ...warned, ...unknown])
  expect(root.attributes).toMatchObject({ tests: '7', failures: '2', errors: '1' })
  expect(caseOf(root, 'no-dead-letter-queue')?.children).toMatchObject([{ name: 'failure' }])
  expect(caseOf(root, 'role-not-assumable-by-lambda')?.children).toMatchObject([
    {
      name: 'error',
      attributes: { type: 'role-not-assumable-by-lambda', message: expect.stringMatching(/^unknown: /) },
    },
  ])
})

test('an ignored finding is skipped, and two subjects of one rule are two cases', async () => {
  const first = failedFinding
  const other = {
    ...first,
    status: 'ignored' as const,
    subject: { kind: 'role' as const, arn: 'arn:aws:iam::1:role/b' },
  }
  const root = await document([first, other], [first])
  expect(all(root, 'testcase').map(({ attributes }) => attributes.name)).toEqual([
    `${first.rule} (${first.subject.arn})`,
    `${first.rule} (arn:aws:iam::1:role/b)`,
  ])
  expect(all(root, 'skipped')).toMatchObject([
    { attributes: { message: expect.stringMatching(/^ignored: /) } },
  ])
})

test('what ended before anything was judged is one case with an error', async () => {
  const { stdout, stderr } = await reported('junit', usage, { provisional: true })
  const root = parseXml(stdout)
  expect(root.attributes).toMatchObject({ tests: '1', failures: '0', errors: '1' })
  expect(all(root, 'error')).toMatchObject([
    { attributes: { type: 'USAGE', message: 'Unknown flag --quue – did you mean --queue?' } },
  ])
  expect(stderr).toContain('Unknown flag --quue')
})

test('an interrupt keeps what was judged until then, beside the error', async () => {
  const { stdout } = await reported('junit', usage, { events: preflightEvents() })
  const root = parseXml(stdout)
  expect(root.attributes).toMatchObject({ tests: '8', failures: '1', errors: '1' })
  expect(root.children.at(-1)?.attributes.name).toBe('run')
})

test('warnings of the run stand in the first suite', async () => {
  const events = [{ type: 'warning', message: '--ignore x has no effect.' } as const]
  const { stdout } = await reported('junit', preflightEnded(findings, []), { events })
  expect(all(parseXml(stdout).children[0] as Element, 'system-err')).toMatchObject([
    { text: '--ignore x has no effect.' },
  ])
})

test('what was changed, and how it is undone, stands in the first suite', async () => {
  const undo = 'aws iam delete-role-policy --role-name worker-role --policy-name sqs-trigger-orders'
  const made = { action: 'put', type: 'role-policy', id: 'worker-role/sqs-trigger-orders', undo } as const
  const change = {
    action: 'put',
    type: 'role-policy',
    iamAction: 'iam:PutRolePolicy',
    roleArn: 'arn:aws:iam::111122223333:role/worker-role',
    policyName: 'sqs-trigger-orders',
    policy: {},
  } as const
  const events = [{ type: 'change-applied', change, made } as const]
  const { stdout } = await reported('junit', preflightEnded(findings, []), { events })
  expect(all(parseXml(stdout).children[0] as Element, 'system-out')).toMatchObject([
    { text: `Wrote role policy worker-role/sqs-trigger-orders.\nUndo: ${undo}` },
  ])
})

test.each(['junit', 'github', 'sarif'] as const)(
  '%s says what the filters do with example messages',
  async (format) => {
    const ended = preflightEnded(findings, [])
    const samples = [
      { name: 'refund.json', verdict: 'deleted', filter: null, reason: 'body.type is "refund".' },
    ] as const
    const { outcome } = ended
    if (outcome?.kind !== 'preflight') throw new Error('a preflight ends with findings')
    const met = { ...outcome, report: { ...outcome.report, samples } }
    const { stdout } = await reported(format, { ...ended, outcome: met })
    expect(stdout.replaceAll('&quot;', '"').replaceAll('\\"', '"')).toContain(
      'refund.json: deleted. body.type is "refund".',
    )
  },
)
