import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'

interface Repaired {
  readonly outcome: string
  readonly journalId: string
  readonly undo: string
}

test('all fixes of a run have one id, said once, and one rollback undoes them, the last first', async () => {
  const { fixer, fixerJson, journal, changingCalls } = await startFixJourney()
  const rules = 'role-lacks-receive-message,role-lacks-log-permissions,no-dead-letter-queue'
  const preflight = ['preflight', 'plain', 'reader', '--fail-on', 'warning', '--only', rules]
  const ran = await fixer([...preflight, '--fix', '--yes'])
  expect(ran.code, ran.stderr).toBe(0)
  expect(changingCalls()).toEqual([
    'iam:PutRolePolicy',
    'iam:PutRolePolicy',
    'sqs:CreateQueue',
    'sqs:SetQueueAttributes',
  ])
  const [file = '', ...others] = readdirSync(journal)
  expect(others).toEqual([])
  const id = file.replace('.json', '')
  expect(id).toMatch(/^\d{8}-\d{6}-[0-9a-f]{4}$/)
  expect(`${ran.stdout}${ran.stderr}`.split(id)).toHaveLength(2)
  expect(ran.stdout).toContain(`\nUndo all fixes  sqs-trigger rollback ${id}\n`)

  const back = await fixerJson('rollback', id, '--yes')
  expect([back.code, back.document.result.outcome, changingCalls()]).toEqual([
    0,
    'partly',
    ['sqs:SetQueueAttributes', 'iam:DeleteRolePolicy', 'iam:DeleteRolePolicy'],
  ])
  expect((await fixer(preflight)).code).toBe(3)
  expect((await fixerJson('rollback')).document.result.entries).toEqual([])
})

test('wire --fix judges twice: before its fixes and after them', async () => {
  const { fixerJson, calls } = await startFixJourney()
  const before = calls().length
  const { code, document } = await fixerJson('wire', 'orders', 'reader', '--fix', '--yes')
  expect(code).toBe(0)
  const repairs: readonly Repaired[] = document.result.repairs
  expect(repairs.map(({ outcome }) => outcome)).toEqual(['made', 'made'])
  expect(new Set(repairs.map(({ journalId }) => journalId)).size).toBe(1)
  expect(new Set(repairs.map(({ undo }) => undo)).size).toBe(1)
  const asked = calls()
    .slice(before)
    .filter(({ operation }) => operation === 'GetFunctionConcurrency')
  expect(asked).toHaveLength(2)
  // What is told is what was found last.
  expect(document.summary.fail).toBe(0)
})

test.each(['junit', 'sarif', 'github', 'markdown'])(
  '-o %s: the JSON, who is affected and the rollback stand on stderr, what was changed in the document',
  async (format) => {
    const { fixer, journal } = await startFixJourney()
    const rule = 'role-lacks-receive-message'
    const { code, stdout, stderr } = await fixer(
      ['preflight', 'plain', 'reader', '--only', rule, '--fix', '--yes', '-o', format],
      { env: { COLUMNS: '200' } },
    )
    expect(code, stderr).toBe(0)
    const [file = ''] = readdirSync(journal)
    expect(stderr).toContain('"sqs:ReceiveMessage"')
    expect(stderr).toContain('reader')
    expect(stderr).toContain(`Undo  sqs-trigger rollback ${file.replace('.json', '')}`)
    expect(stdout).toMatch(/role[- ]policy/)
    expect(stdout).toContain('delete-role-policy')
  },
)
