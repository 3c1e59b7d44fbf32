import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connect, type RepairResult, runToEnd } from '../../src/index.js'
import { allow, build } from '../preflight/scenario.js'

async function connected(journal: boolean) {
  const { sandbox } = await build({ role: { inline: [allow('logs:*')] } })
  const folder = await mkdtemp(join(tmpdir(), 'journal-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { accessKeyId, secretAccessKey } = sandbox.adminCredentials
  const connection = await connect({
    region: sandbox.region,
    endpointUrl: sandbox.endpoint,
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
    ...(journal ? { journalFolder: folder } : {}),
  })
  return { connection, sandbox }
}

const ends = { queue: 'orders', function: 'worker' }

test('a program plans, mends and takes back', async () => {
  const { connection } = await connected(true)
  const { repairs } = await runToEnd(connection.planRepairs(ends, { only: ['role-lacks-receive-message'] }))
  expect(repairs).toMatchObject([{ rules: ['role-lacks-receive-message'], refusal: null, effects: [] }])
  const [repair] = repairs
  if (!repair) throw new Error('there is one')
  const { journalId } = await runToEnd(connection.applyRepair(repair))
  const failed = async () =>
    (await runToEnd(connection.preflight(ends))).findings.filter(({ status }) => status === 'fail')
  expect(await failed()).toEqual([])
  const plan = await runToEnd(connection.planRollback(journalId))
  expect((await runToEnd(connection.applyRollback(plan))).made).toHaveLength(1)
  expect((await failed()).map(({ rule }) => rule)).toContain('role-lacks-receive-message')
})

test('what a program mends in one go is taken back in one go', async () => {
  const { connection, sandbox } = await connected(true)
  const { repairs } = await runToEnd(connection.planRepairs(ends))
  let before: RepairResult | undefined
  for (const repair of repairs) before = await runToEnd(connection.applyRepair(repair, before))
  if (!before) throw new Error('there is one')
  expect(before.entry.changes.length).toBeGreaterThan(1)
  const plan = await runToEnd(connection.planRollback(before.journalId))
  const { steps, made } = await runToEnd(connection.applyRollback(plan))
  expect(steps.map(({ stays }) => stays).filter((stays) => stays !== null)).toEqual(
    before.entry.changes.flatMap(({ change }) => (change.type === 'queue' ? ['queue-kept'] : [])),
  )
  expect(made.length).toBeGreaterThan(0)
  expect(sandbox.calls().filter(({ operation }) => operation === 'DeleteQueue')).toEqual([])
})

test('without a folder for the journal nothing is mended', async () => {
  const { connection, sandbox } = await connected(false)
  const { repairs } = await runToEnd(connection.planRepairs(ends))
  const [repair] = repairs
  if (!repair) throw new Error('there is one')
  await expect(runToEnd(connection.applyRepair(repair))).rejects.toMatchObject({
    code: 'JOURNAL_FAILED',
    hint: expect.stringContaining('connect({ journalFolder })'),
  })
  expect(sandbox.calls().filter(({ operation }) => operation === 'PutRolePolicy')).toEqual([])
})
