import { expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'

const fix = [
  'preflight',
  'orders',
  'reader',
  '--only',
  'role-lacks-receive-message',
  '--fix',
  '--yes',
] as const

/** A journey in which the role of `reader` was given its policy by --fix. */
async function fixedJourney() {
  const journey = await startFixJourney()
  const { document } = await journey.fixerJson(...fix)
  journey.changingCalls()
  const [{ journalId, changes }] = document.result.repairs
  return { ...journey, journalId: String(journalId), policyName: String(changes[0].policyName) }
}

test('listed, and found by the beginning of its id; afterwards nothing is left to undo', async () => {
  const { fixer, journalId } = await fixedJourney()
  const listed = await fixer(['rollback'])
  expect([listed.code, listed.stdout.split('\n')[1]?.startsWith(`${journalId}  `)]).toEqual([0, true])
  expect(listed.stdout).toContain('role reader-')
  const undone = await fixer(['rollback', journalId.slice(0, 13), '--yes'])
  expect(undone.code).toBe(0)
  expect(undone.stdout).toContain(`${journalId} is undone`)
  const empty = await fixer(['rollback'])
  expect([empty.code, empty.stdout]).toEqual([0, ''])
  expect(empty.stderr).toContain('There is nothing to undo.')
})

test('a dry run shows the call and changes nothing', async () => {
  const { fixer, journalId, policyName, changingCalls } = await fixedJourney()
  const { code, stdout } = await fixer(['rollback', journalId, '--dry-run'])
  expect(code).toBe(0)
  expect(stdout).toContain('iam:DeleteRolePolicy')
  expect(stdout).toContain(`"PolicyName": "${policyName}"`)
  expect(changingCalls()).toEqual([])
})

test('a policy that was changed since then is left alone, and why is said', async () => {
  const { fixer, fixerJson, seed, journalId, policyName, changingCalls } = await fixedJourney()
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] }
  await seed([
    {
      service: 'iam',
      operation: 'PutRolePolicy',
      input: { RoleName: 'reader-role', PolicyName: policyName, PolicyDocument: JSON.stringify(document) },
    },
  ])
  const { code, stdout, stderr } = await fixer(['rollback', journalId, '--yes'])
  expect(code).toBe(7)
  expect(stdout).toContain(`Left as it is: policy ${policyName} of role reader-role`)
  expect(stdout).toContain('Why')
  expect(stderr).toContain(`The change of ${journalId} stays: it was changed since.`)
  expect(stderr).toContain(`sqs-trigger rollback ${journalId} --dry-run --json`)
  const dryRun = await fixerJson('rollback', journalId, '--dry-run')
  expect([dryRun.code, dryRun.document]).toMatchObject([
    7,
    { exitName: 'CONFLICT', result: { steps: [{ undo: null, stays: 'changed-since' }], calls: [] } },
  ])
  expect(changingCalls()).toEqual([])
})

test('what was undone by hand is nothing to undo: exit 0', async () => {
  const { fixerJson, seed, journalId, policyName, changingCalls } = await fixedJourney()
  const input = { RoleName: 'reader-role', PolicyName: policyName }
  await seed([{ service: 'iam', operation: 'DeleteRolePolicy', input }])
  const { code, document } = await fixerJson('rollback', journalId, '--yes')
  expect([code, document.error, document.result]).toMatchObject([
    0,
    null,
    { outcome: 'nothing', steps: [{ undo: null, stays: 'as-before' }] },
  ])
  expect(changingCalls()).toEqual([])
})

test('a queue that was made stays, with its messages', async () => {
  const { fixerJson, changingCalls } = await startFixJourney()
  const fixed = await fixerJson(
    'preflight',
    'plain',
    'worker',
    '--only',
    'no-dead-letter-queue',
    '--fix',
    '--yes',
  )
  changingCalls()
  const { code, document } = await fixerJson('rollback', fixed.document.result.repairs[0].journalId, '--yes')
  expect([code, document.result.outcome]).toEqual([0, 'partly'])
  expect(document.result.steps).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        change: expect.objectContaining({ type: 'queue' }),
        undo: null,
        stays: 'queue-kept',
      }),
    ]),
  )
  expect(changingCalls()).toEqual(['sqs:SetQueueAttributes'])
})

test.each([
  ['another Region', { AWS_REGION: 'eu-west-1' }, '--region us-east-1'],
  ['another account', { AWS_ACCESS_KEY_ID: '999988887777' }, ''],
])('in %s it is refused: exit 2, and what to type', async (_where, env, words) => {
  const { fixer, journalId, changingCalls } = await fixedJourney()
  const { code, stderr } = await fixer(['rollback', journalId, '--yes'], { env })
  expect(code).toBe(2)
  expect(stderr.replaceAll(/ \\\n +/g, ' ')).toContain(`sqs-trigger rollback ${journalId}`)
  expect(stderr).toContain(words)
  expect(changingCalls()).toEqual([])
})
