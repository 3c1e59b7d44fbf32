import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'

interface Case {
  readonly rule: string
  readonly names: readonly [queue: string, functionName: string]
  readonly failOn?: 'warning'
  readonly calls: readonly string[]
  /** What undoing it calls. */
  readonly undone: readonly string[]
}

const reversible: readonly Case[] = [
  {
    rule: 'role-lacks-receive-message',
    names: ['orders', 'reader'],
    calls: ['iam:PutRolePolicy'],
    undone: ['iam:DeleteRolePolicy'],
  },
  {
    rule: 'role-lacks-log-permissions',
    names: ['orders', 'reader'],
    failOn: 'warning',
    calls: ['iam:PutRolePolicy'],
    undone: ['iam:DeleteRolePolicy'],
  },
  {
    rule: 'visibility-timeout-below-function-timeout',
    names: ['orders', 'slow'],
    calls: ['sqs:SetQueueAttributes'],
    undone: ['sqs:SetQueueAttributes'],
  },
  {
    rule: 'visibility-timeout-leaves-no-retry-room',
    names: ['orders', 'brisk'],
    failOn: 'warning',
    calls: ['sqs:SetQueueAttributes'],
    undone: ['sqs:SetQueueAttributes'],
  },
  {
    rule: 'no-dead-letter-queue',
    names: ['plain', 'worker'],
    failOn: 'warning',
    calls: ['sqs:CreateQueue', 'sqs:SetQueueAttributes'],
    undone: ['sqs:SetQueueAttributes'],
  },
]

interface Judged {
  readonly findings: readonly { readonly rule: string; readonly status: string }[]
}
const statusOf = ({ findings }: Judged, slug: string) => findings.find(({ rule }) => rule === slug)?.status

describe.each(reversible)('$rule', ({ rule, names, failOn = 'error', calls, undone }) => {
  test('fails, is fixed, passes, is rolled back, fails again', async () => {
    const { fixerJson, changingCalls, journal } = await startFixJourney()
    const preflight = ['preflight', ...names, '--fail-on', failOn, '--only', rule]

    const before = await fixerJson(...preflight)
    const bad = failOn === 'error' ? 'fail' : 'warn'
    expect([before.code, statusOf(before.document, rule), changingCalls()]).toEqual([3, bad, []])

    const fixed = await fixerJson(...preflight, '--fix', '--yes')
    expect([fixed.code, statusOf(fixed.document, rule), changingCalls()]).toEqual([0, 'pass', calls])
    const [repair] = fixed.document.result.repairs
    expect(repair).toMatchObject({ rules: [rule], outcome: 'made', refusal: null })
    expect(repair.undo).toBe(`sqs-trigger rollback ${repair.journalId}`)
    expect(fixed.document.changed).toEqual(
      calls.map(() => expect.objectContaining({ journalId: repair.journalId })),
    )
    expectPrivate(journal, [`${repair.journalId}.json`])
    expect((await fixerJson(...preflight)).code).toBe(0)

    const back = await fixerJson('rollback', repair.journalId, '--yes')
    expect([back.code, changingCalls()]).toEqual([0, undone])
    const after = await fixerJson(...preflight)
    expect([after.code, statusOf(after.document, rule)]).toEqual([3, bad])
  })
})

/** Nobody else may read what was granted to whom. */
function expectPrivate(folder: string, files: readonly string[]) {
  expect(readdirSync(folder)).toEqual(files)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
}

test('dead-letter-queue-missing: the queue is made; it stays when that is rolled back', async () => {
  const { fixerJson, changingCalls, addQueue, seed, queueArn, queueUrl, advance } = await startFixJourney()
  await addQueue('lost-dlq')
  const redrive = { deadLetterTargetArn: queueArn('lost-dlq'), maxReceiveCount: 5 }
  await addQueue('lost', { RedrivePolicy: JSON.stringify(redrive) })
  await seed([{ service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: queueUrl('lost-dlq') } }])
  // The name of a deleted queue is free again after a minute.
  await advance(61_000)
  changingCalls()
  const preflight = ['preflight', 'lost', 'worker']
  const before = await fixerJson(...preflight)
  expect([before.code, statusOf(before.document, 'dead-letter-queue-missing')]).toEqual([3, 'fail'])
  const fixed = await fixerJson(...preflight, '--fix', '--yes')
  expect([fixed.code, statusOf(fixed.document, 'dead-letter-queue-missing')]).toEqual([0, 'pass'])
  expect(changingCalls()).toContain('sqs:CreateQueue')
  const made = fixed.document.result.repairs.find(({ rules }: { rules: readonly string[] }) =>
    rules.includes('dead-letter-queue-missing'),
  )
  const back = await fixerJson('rollback', made.journalId, '--yes')
  expect([back.code, back.document.result.outcome, back.document.changed]).toEqual([0, 'nothing', []])
})

test('where the journal cannot be written nothing is changed: exit 1', async () => {
  const { fixer, changingCalls } = await startFixJourney()
  const { code, stderr } = await fixer(['preflight', 'orders', 'reader', '--fix', '--yes'], {
    // A folder below a device cannot be made, by nobody.
    env: { XDG_STATE_HOME: '/dev/null' },
  })
  expect(code).toBe(1)
  expect(stderr.replaceAll(/\n +/g, ' ')).toContain(
    'The journal in /dev/null/sqs-trigger/journal cannot be written',
  )
  expect(changingCalls()).toEqual([])
})

test('without a place of the user’s own there is no journal, and nothing is changed: exit 1', async () => {
  const { fixer, changingCalls } = await startFixJourney()
  const ran = await fixer(['preflight', 'orders', 'reader', '--fix', '--yes', '--json'], {
    env: { XDG_STATE_HOME: undefined, HOME: undefined },
  })
  expect([ran.code, JSON.parse(ran.stdout).error.code]).toEqual([1, 'JOURNAL_FAILED'])
  expect(changingCalls()).toEqual([])
})

test('a dry run shows the calls with their JSON and changes nothing: exit 3, as it was found', async () => {
  const { fixer, fixerJson, changingCalls } = await startFixJourney()
  const { code, stdout, stderr } = await fixer(['preflight', 'orders', 'reader', '--fix', '--dry-run'])
  expect(code).toBe(3)
  expect(stderr).toMatch(/let this tool fix it, on a terminal:\s+sqs-trigger preflight orders reader --fix$/m)
  expect(stdout).toContain('iam:PutRolePolicy')
  expect(stdout).toContain('"RoleName": "reader-role"')
  expect(stdout).toContain('Dry run: nothing was changed.')
  const { document } = await fixerJson('wire', 'orders', 'reader', '--fix', '--dry-run')
  expect(document).toMatchObject({
    exitCode: 3,
    dryRun: true,
    changed: [],
    result: { outcome: 'blocked', calls: [] },
  })
  const [{ outcome, journalId, calls }] = document.result.repairs
  expect([outcome, journalId]).toEqual(['planned', null])
  const [call] = calls
  expect(call).toMatchObject({
    service: 'iam',
    operation: 'PutRolePolicy',
    input: { RoleName: 'reader-role' },
  })
  expect(changingCalls()).toEqual([])
})

test('run again it changes nothing', async () => {
  const { fixerJson, changingCalls } = await startFixJourney()
  const preflight = ['preflight', 'orders', 'reader', '--fix', '--yes']
  await fixerJson(...preflight)
  changingCalls()
  const { code, document } = await fixerJson(...preflight)
  expect([code, document.changed, document.result]).toEqual([0, [], { repairs: [] }])
  expect(changingCalls()).toEqual([])
})

test('wire --fix grants, wires and proves in one go', async () => {
  const { fixerJson, changingCalls } = await startFixJourney()
  const { code, document } = await fixerJson('wire', 'orders', 'reader', '--fix', '--yes', '--send-test')
  expect(code).toBe(0)
  expect(document.result).toMatchObject({
    outcome: 'created',
    mapping: { state: 'Enabled' },
    proof: { level: expect.stringMatching(/^(strong|medium)$/) },
    repairs: [{ outcome: 'made' }, { outcome: 'made' }],
  })
  expect(document.changed.map(({ type }: { type: string }) => type)).toEqual([
    'role-policy',
    'role-policy',
    'event-source-mapping',
  ])
  // The handler's own log group and stream are made by the role of the function.
  expect(changingCalls().filter((call) => !call.startsWith('logs:'))).toEqual([
    'iam:PutRolePolicy',
    'iam:PutRolePolicy',
    'lambda:CreateEventSourceMapping',
  ])
})

test('wire --fix waits, visibly, until Lambda goes by the new permission', async () => {
  const { fixer, faults } = await startFixJourney()
  faults.inject({
    service: 'lambda',
    operation: 'CreateEventSourceMapping',
    times: 1,
    effect: {
      kind: 'error',
      status: 400,
      code: 'InvalidParameterValueException',
      message: 'The provided execution role does not have permissions to call ReceiveMessage on SQS',
    },
  })
  const { code, stderr } = await fixer(['wire', 'orders', 'reader', '--fix', '--yes'])
  expect(code).toBe(0)
  expect(stderr).toContain('is not active yet, 0:0')
}, 30_000)

test('what a stack owns is left to its template, unless --allow-drift', async () => {
  const { fixer, fixerJson, world, region, changingCalls } = await startFixJourney()
  world.stacks.set('reader-role', {
    stackName: 'shop',
    logicalId: 'ReaderRole',
    type: 'AWS::IAM::Role',
    account: world.account,
    region,
  })
  const preflight = [
    'preflight',
    'orders',
    'reader',
    '--only',
    'role-lacks-receive-message',
    '--fix',
    '--yes',
  ]
  const { code, stdout } = await fixer(preflight)
  expect(code).toBe(3)
  const said = stdout.replaceAll(/\n +/g, ' ')
  expect(said).toContain('Not fixed: Give role reader-role')
  expect(said).toContain('belongs to CloudFormation stack shop')
  expect(said).toContain('--allow-drift')
  expect(changingCalls()).toEqual([])
  const drifting = await fixerJson(...preflight, '--allow-drift')
  expect([drifting.code, changingCalls()]).toEqual([0, ['iam:PutRolePolicy']])
  expect(drifting.document.result.repairs[0].effects.join(' ')).toContain('drifts from its template')
})

test.each([
  ['text', '✓ Wrote policy sqs-trigger-plain-'],
  ['json', ''],
  ['junit', '"sqs:ReceiveMessage"'],
])(
  'a fix that AWS refuses ends the run with 6; what stays, and its undo, is said: %s',
  async (form, shown) => {
    const { fixer, fixerJson, seed, credentials, changingCalls } = await startFixJourney()
    const deny = { Effect: 'Deny', Action: 'sqs:CreateQueue', Resource: '*' }
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [deny] })
    const input = { UserName: 'developer', PolicyName: 'no-queues', PolicyDocument: document }
    await seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
    changingCalls()
    const rules = 'role-lacks-receive-message,no-dead-letter-queue'
    const args = ['preflight', 'plain', 'reader', '--only', rules, '--fix', '--yes', '--output', form]
    const { code, stderr } = await fixer(args, { env: { AWS_ACCESS_KEY_ID: credentials.accessKeyId } })
    expect(code).toBe(6)
    expect(changingCalls()).toEqual(['iam:PutRolePolicy', 'sqs:CreateQueue'])
    // What was refused was never made, and stands in no list of what can be undone.
    const [entry] = (await fixerJson('rollback')).document.result.entries
    expect(entry.changes.map(({ state }: { state: string }) => state)).toEqual(['made', 'never-made'])
    const [before = '', after = ''] = stderr.split('What was fixed stays.')
    expect(before).toContain(shown)
    expect(before).toContain('sqs:CreateQueue')
    expect(after).toMatch(/undo the fixes:\s+sqs-trigger rollback \d{8}-\d{6}-[0-9a-f]{4}\n/)
  },
)

test('Ctrl-C while AWS does not answer a change: that it may have been made is said, and where to look', async () => {
  const { fixer, faults } = await startFixJourney()
  faults.inject({ service: 'iam', operation: 'PutRolePolicy', effect: { kind: 'hang' } })
  let looking: NodeJS.Timeout | undefined
  const { code, stderr } = await fixer(['preflight', 'orders', 'reader', '--fix', '--yes'], {
    watch: (_said, child) => {
      looking ??= setInterval(() => {
        if (faults.list().every(({ hits }) => hits === 0)) return
        clearInterval(looking)
        child.kill('SIGINT')
      }, 20)
    },
  })
  expect(code).toBe(130)
  const said = stderr.replaceAll(/\s+/g, ' ')
  expect(said).toContain('A change may be under way')
  expect(said).toContain('`sqs-trigger rollback`')
  expect(said).not.toContain('Nothing was changed')
})
