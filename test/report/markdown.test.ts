import { expect, test } from 'vitest'
import type { Finding } from '../../src/preflight/finding.js'
import { failedFinding, preflightEnded, preflightEvents, reported, usage } from './json-run.js'
import { findings } from './samples.js'

const failed = findings.filter(({ status }) => status === 'fail')
const fail = failedFinding

async function written(given: readonly Finding[], stops: readonly Finding[], events = preflightEvents()) {
  return (await reported('markdown', preflightEnded(given, stops), { events })).stdout
}

test('a heading, the verdict, a table with the worst first, and what mends it', async () => {
  expect(await written(findings, failed)).toBe(`### sqs-trigger preflight: \`orders\` → \`order-worker\`

**1 of 7 checks failed. Nothing was changed.**

1 failed, 2 to look at, 1 unknown, 2 passed, 1 skipped. Account \`111122223333\`, \`eu-west-1\`, as \`arn:aws:sts::111122223333:assumed-role/Developer/ana\`.

| | rule | what |
| --- | --- | --- |
| ❌ fails | \`role-lacks-receive-message\` | order-worker-role may not call sqs:ReceiveMessage on orders. |
| ⚠️ warning | \`no-dead-letter-queue\` | orders has no dead-letter queue. |
| ❔ open | \`role-not-assumable-by-lambda\` | Cannot be told: iam:GetRole was refused. iam:GetRole would settle it. |
| ℹ️ note | \`partial-batch-response-off\` | Partial batch responses are off. |

<details><summary>Fix <code>role-lacks-receive-message</code></summary>

Lambda reads the queue as this role, and AWS refuses the mapping without it.

Allow the role to read the queue.

\`\`\`sh
aws iam put-role-policy --role-name order-worker-role --policy-name sqs-trigger-orders --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage"],"Resource":"arn:aws:sqs:eu-west-1:111122223333:orders"}]}' --profile dev
\`\`\`

More: \`sqs-trigger explain role-lacks-receive-message\`

</details>

<details><summary>Fix <code>no-dead-letter-queue</code></summary>

A message that the function cannot process comes back for 4 days and then is lost.

Make a dead-letter queue and name it in the redrive policy.

\`\`\`sh
aws sqs create-queue --queue-name orders-dlq --profile dev --region eu-west-1
\`\`\`

More: \`sqs-trigger explain no-dead-letter-queue\`

</details>
`)
})

test.each<[string, readonly Finding[], string]>([
  ['all passed', findings.filter(({ status }) => status === 'pass'), 'Nothing stands in the way.'],
  [
    'some are unknown',
    findings.filter(({ status }) => status === 'unknown'),
    'Nothing that could be judged stands in the way.',
  ],
  ['failed, with --fail-on never', failed, 'One check failed.'],
])('the verdict where %s', async (_, given, verdict) => {
  expect(await written(given, [])).toContain(`**${verdict}**`)
})

test('an unknown that stops the run stands above the warnings', async () => {
  const unknown = findings.filter(({ status }) => status === 'unknown')
  const rows = (await written(findings, unknown)).split('\n').filter((line) => /^\| [^|-]/.test(line))
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual([
    '❌ fails',
    '❔ unknown',
    '⚠️ warning',
    'ℹ️ note',
  ])
})

test('a name is never markup, and notifies nobody', async () => {
  const message = 'a|b *bold* <b> `x` [l](u) @team me@x $m$ \\ _i_'
  const page = await written([{ ...fail, message, fix: null }], [])
  expect(page).toContain(
    'a\\|b \\*bold\\* \\<b\\> \\`x\\` \\[l\\](u) @<!-- -->team me@x \\$m\\$ \\\\ \\_i\\_ |',
  )
})

test('what one cause leaves unknown is one row', async () => {
  const unknown = findings.filter(({ status }) => status === 'unknown')
  const twin = unknown.map((finding) => ({ ...finding, rule: 'role-not-found' }))
  expect(await written([...unknown, ...twin], [])).toContain(
    '| ❔ open | `role-not-assumable-by-lambda`<br>`role-not-found` | Cannot be told: ',
  )
})

test('what the filters do with example messages is a table of its own', async () => {
  const { outcome, ending } = preflightEnded(findings, [])
  if (outcome?.kind !== 'preflight') throw new Error('a preflight ends as one')
  const samples = [
    { name: 'body|1.json', verdict: 'deleted', filter: null, reason: 'No filter keeps it.' },
  ] as const
  const sampled = { ...outcome, report: { ...outcome.report, samples } }
  const { stdout } = await reported('markdown', { outcome: sampled, ending })
  expect(stdout).toContain(
    '| message | is | why |\n| --- | --- | --- |\n| body\\|1.json | deleted | No filter keeps it. |',
  )
})

test('a command with backticks is fenced by more of them', async () => {
  const fix = { summary: 's', automatic: false, commands: [{ shell: 'posix', text: 'echo ```' }] } as const
  expect(await written([{ ...fail, fix }], [])).toContain('````sh\necho ```\n````')
})

test('what was changed is told with the way back', async () => {
  const undo = 'aws iam delete-role-policy --role-name r'
  const made = { action: 'put', type: 'role-policy', id: 'r/p', undo } as const
  const change = {
    action: 'put',
    type: 'role-policy',
    iamAction: 'iam:PutRolePolicy',
    roleArn: 'r',
    policyName: 'p',
    policy: {},
  } as const
  const queue = { action: 'create', type: 'queue', id: 'orders-dlq', undo: '' } as const
  const page = await written(
    findings,
    [],
    [
      { type: 'change-applied', change, made },
      { type: 'change-applied', change, made: queue },
    ],
  )
  expect(page).toContain(`

**Changed:**

- Wrote role policy r/p.

  Undo:

  \`\`\`sh
  aws iam delete-role-policy --role-name r
  \`\`\`

- Created queue orders-dlq.

`)
})

test('what ended before anything was judged', async () => {
  const { stdout } = await reported('markdown', usage, { provisional: true })
  expect(stdout).toBe(
    '### sqs-trigger preflight\n\n**Unknown flag --quue – did you mean --queue?**\n\n```\nsee the flags\n```\n',
  )
})
