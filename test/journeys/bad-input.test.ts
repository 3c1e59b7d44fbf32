import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { bin, run, sqsTrigger } from '../support/run-command.js'

const keys = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'none' }
/** A closed port: whoever calls it before judging the input gives itself away with exit code 1. */
const offline = { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
const account = '111122223333'

/** What is typed, and what the answer must name. Each ends with exit 2 and makes no call. */
const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['an ARN that is cut off', ['preflight', 'arn:aws:sqs:us-east-1', 'worker'], /arn:aws:sqs:us-east-1/],
  ['an ARN of another service', ['preflight', `arn:aws:sns:us-east-1:${account}:orders`, 'worker'], /sns/],
  [
    'a function ARN as the queue',
    ['wire', `arn:aws:lambda:us-east-1:${account}:function:f`, 'worker', '-n'],
    /queue/i,
  ],
  ['a URL that is no queue URL', ['preflight', 'https://example.com/', 'worker'], /example\.com/],
  ['a UUID with a letter too many', ['status', '11111111-2222-4333-8444-5555555555555x'], /11111111/],
  ['an unknown flag', ['list', '--quue', 'orders'], /--queue/],
  ['an unknown command', ['wirre', 'orders', 'worker'], /wire/],
  ['an unknown value', ['list', '--output', 'jsn'], /json/],
  ['a flag that needs a value', ['list', '--queue'], /--queue/],
  ['flags that contradict each other', ['list', '--quiet', '--verbose'], /--quiet.*--verbose/],
  [
    'a number out of range',
    ['wire', 'orders', 'worker', '-n', '--batch-size', '10001'],
    /--batch-size.*10000/s,
  ],
  ['a number that is none', ['wire', 'orders', 'worker', '-n', '--batch-size', 'ten'], /--batch-size.*ten/s],
  ['a negative number', ['wire', 'orders', 'worker', '-n', '--batch-window', '-1'], /--batch-window.*-1/s],
  ['a time that is none', ['wait', '11111111', '--timeout', 'soon'], /--timeout.*soon/s],
  ['an empty name', ['preflight', '', 'worker'], /queue/i],
  ['a name of 10,000 characters', ['preflight', 'q'.repeat(10_000), 'worker'], /too long|characters/],
  ['control characters in a name', ['preflight', 'ord\u001b[31mers', 'worker'], /control|character/],
  ['a name too many', ['status', 'orders', 'worker', 'more'], /more/],
]

test.each(mistakes)('%s', async (_what, args, names) => {
  const { code, stdout, stderr } = await sqsTrigger(args, { env: offline })
  expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(names)
  expect(stderr.length).toBeLessThan(2000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing typed may drive the terminal
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
})

test.each(mistakes)('as JSON: %s', async (_what, args) => {
  // A flag without its value would take --json for it, which is what a shell would do as well.
  const { stdout } = await sqsTrigger(['--json', ...args], { env: offline })
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 2, error: { code: 'USAGE' } })
})

test('all missing names are said at once, with the whole line to type', async () => {
  const { code, stderr } = await sqsTrigger(['wire'], { env: offline })
  expect(code).toBe(2)
  expect(stderr).toMatch(/queue/)
  expect(stderr).toMatch(/function/)
  expect(stderr).toMatch(/sqs-trigger wire .*--yes/)
})

test.each([
  ['another Region', `arn:aws:sqs:eu-west-1:${account}:orders`, 'regions-differ'],
  ['another partition', `arn:aws-cn:sqs:cn-north-1:${account}:orders`, 'partitions-differ'],
])('a queue of %s is judged, not called', async (_what, queue, rule) => {
  const { json } = await startJourney()
  const { code, document } = await json(
    'preflight',
    queue,
    `arn:aws:lambda:us-east-1:${account}:function:worker`,
  )
  expect(code).toBe(3)
  const failed = document.findings.filter(({ status }) => status === 'fail').map((finding) => finding.rule)
  expect(failed).toContain(rule)
})

test('a queue URL of another account: what cannot be read is unknown', async () => {
  const { json } = await startJourney()
  const { code, document } = await json(
    'preflight',
    'https://sqs.us-east-1.amazonaws.com/444455556666/orders',
    'worker',
  )
  // Nothing is known of that queue, and nothing known is wrong: AWS itself judges, and no rule says pass.
  expect(code).toBe(0)
  const about = document.findings.filter(({ rule }) =>
    /^(queue-|visibility-|role-lacks-(receive|delete))/.test(rule),
  )
  expect(about.length).toBeGreaterThan(3)
  expect(
    about.filter(({ rule, status }) => status === 'pass' && rule !== 'queue-has-other-consumers'),
  ).toEqual([])
})

test('a closed standard output is no failure', async () => {
  const { env } = await startJourney()
  const line = `"${process.execPath}" "${bin}" wire --help | head -1; echo "ended with \${PIPESTATUS[0]}"`
  const { stdout, stderr } = await run('bash', ['-c', line], { env })
  expect(stderr).toBe('')
  expect(stdout).toContain('ended with 0')
})
