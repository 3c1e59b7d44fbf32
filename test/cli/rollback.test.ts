import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import type { JournalEntry } from '../../src/journal.js'
import { openFileJournal } from '../../src/operations/journal/file.js'
import { entry, grantEntry } from '../report/repair-samples.js'
import { startTestSandbox } from '../support/sandbox.js'
import { fakeHost } from './fake-host.js'

const undone: JournalEntry = {
  ...grantEntry,
  id: '20261121-070000-aaaa',
  changes: grantEntry.changes.map((change) => ({ ...change, state: 'undone' })),
}

/** A journal of its own, and no credentials: what is listed is listed without AWS. */
async function inJournal(entries: readonly JournalEntry[], more: Readonly<Record<string, string>> = {}) {
  const state = mkdtempSync(join(tmpdir(), 'sqs-trigger-state-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const folder = join(state, 'sqs-trigger', 'journal')
  const journal = openFileJournal(folder)
  for (const one of entries) await journal.write(one)
  const run = async (...words: readonly string[]) => {
    const env = { XDG_STATE_HOME: state, AWS_EC2_METADATA_DISABLED: 'true', HOME: state, ...more }
    const { host, stdout, stderr } = fakeHost(['rollback', ...words], { env })
    const exitCode = await runProgram(host, new AbortController().signal)
    return { exitCode, stdout: stdout(), stderr: stderr() }
  }
  return { folder, run }
}

describe('the list of what can be undone', () => {
  test('newest first, without what is undone already', async () => {
    const { run } = await inJournal([grantEntry, undone, entry])
    const { exitCode, stdout, stderr } = await run()
    expect(exitCode).toBe(0)
    const ids = stdout.split('\n').map((line) => line.split(' ')[0])
    expect(ids).toEqual(['ID', entry.id, grantEntry.id, ''])
    expect(stdout).toContain('role order-worke')
    expect(stderr).toContain(`sqs-trigger rollback ${entry.id}`)
  })

  test('a queue that was made stays for good: alone it is nothing to undo', async () => {
    const changes = entry.changes.map((change) =>
      change.change.type === 'queue' ? change : { ...change, state: 'undone' as const },
    )
    const { run } = await inJournal([{ ...entry, changes }])
    expect((await run()).stdout).toBe('')
  })

  test('those of one second in the order of their making', async () => {
    const ids = ['20261123-091500-ffff', '20261123-091500-0000', '20261123-091500-8888']
    const made = ids.map((id, index) => ({ ...entry, id, startedAt: `2026-11-23T09:15:00.${100 + index}Z` }))
    const { stdout } = await (await inJournal(made)).run('--json')
    const listed = JSON.parse(stdout).result.entries.map(({ id }: { id: string }) => id)
    expect(listed).toEqual(ids.toReversed())
  })

  test('as JSON, with every change and what was there before', async () => {
    const { run, folder } = await inJournal([entry])
    const { exitCode, stdout } = await run('--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      command: 'rollback',
      result: { place: folder, entries: [entry], unreadable: [] },
    })
  })

  test('nothing was ever changed: it says so, and makes no folder', async () => {
    const { run, folder } = await inJournal([])
    const { exitCode, stdout, stderr } = await run()
    expect([exitCode, stdout]).toEqual([0, ''])
    expect(stderr.replaceAll(/\n +/g, ' ')).toContain(
      `There is nothing to undo. What --fix changes is written down in ${folder}.`,
    )
  })

  test('a file that is no entry is named', async () => {
    const { run, folder } = await inJournal([entry])
    writeFileSync(join(folder, '20261124-000000-bbbb.json'), '{')
    const { exitCode, stderr } = await run()
    expect(exitCode).toBe(0)
    expect(stderr.replaceAll(/\n +/g, ' ')).toContain('20261124-000000-bbbb.json cannot be read')
  })
})

describe('entries of other places', () => {
  const place = { id: '20261124-091500-3f2a', startedAt: '2026-11-24T09:15:00.000Z' }
  const dead: JournalEntry = { ...entry, ...place, endpoint: 'http://127.0.0.1:1' }
  const env = { AWS_REGION: entry.region }

  test('are counted, and never what to undo next', async () => {
    const { run } = await inJournal([entry, dead, { ...grantEntry, region: 'ap-south-1' }], env)
    const { stdout, stderr } = await run()
    expect(stdout.match(/^\d{8}-\S+/gm)).toEqual([entry.id])
    expect(stderr).toContain('2 more for other places: --verbose')
    expect(stderr).toContain(`sqs-trigger rollback ${entry.id}`)
  })

  test('alone there is nothing to undo here', async () => {
    const { run } = await inJournal([dead], env)
    const { stdout, stderr } = await run()
    expect(stdout).toBe('')
    expect(stderr).toContain('There is nothing to undo here.')
    expect(stderr).toContain('1 more for other places: --verbose')
    expect(stderr).not.toContain('Next')
  })

  test('what was changed in a sandbox is told from AWS also where no Region is known', async () => {
    const { stdout, stderr } = await (await inJournal([entry, dead])).run()
    expect(stdout.match(/^\d{8}-\S+/gm)).toEqual([entry.id])
    expect(stderr).toContain('1 more for other places: --verbose')
  })

  test('stand below with --verbose, and among the others as JSON', async () => {
    const { run } = await inJournal([entry, dead], env)
    expect((await run('--verbose')).stdout.match(/^\d{8}-\S+/gm)).toEqual([entry.id, dead.id])
    const { entries } = JSON.parse((await run('--json')).stdout).result
    expect(entries).toEqual([dead, entry])
  })

  test('of another account are told from those of the caller’s', async () => {
    const sandbox = await startTestSandbox({ account: entry.account, region: entry.region })
    const own = { ...entry, endpoint: sandbox.endpoint }
    const { accessKeyId, secretAccessKey } = sandbox.adminCredentials
    const { run } = await inJournal([own, { ...own, ...place, account: '444455556666' }], {
      ...env,
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    })
    const { stdout, stderr } = await run()
    expect(stdout.match(/^\d{8}-\S+/gm)).toEqual([own.id])
    expect(stderr).toContain('1 more for other places: --verbose')
    expect(sandbox.calls().map(({ operation }) => operation)).toEqual(['GetCallerIdentity'])
  })
})

describe('a damaged entry', () => {
  test.each([['20261124-000000-bbbb'], ['20261124']])(
    'asked for by %s is named, with its place',
    async (id) => {
      const { run, folder } = await inJournal([entry])
      writeFileSync(join(folder, '20261124-000000-bbbb.json'), '{')
      const { exitCode, stdout } = await run(id, '--yes', '--json')
      const { error } = JSON.parse(stdout)
      expect([exitCode, error.code]).toEqual([1, 'JOURNAL_FAILED'])
      expect(error.message).toContain(join(folder, '20261124-000000-bbbb.json'))
      expect(error.message).toMatch(/cannot be read: it is damaged/)
      expect(error.hint).toMatch(/undo those by hand/)
    },
  )

  test('is not meant by an id that names another', async () => {
    const { run, folder } = await inJournal([entry])
    writeFileSync(join(folder, '20261124-000000-bbbb.json'), '{')
    expect((await run('20261125', '--yes')).exitCode).toBe(5)
    // Without credentials it gets no further than to AWS.
    expect((await run(entry.id, '--yes')).exitCode).toBe(4)
  })
})

describe('an id that names nothing', () => {
  test('is not found: exit 5, and the way to the list', async () => {
    const { run } = await inJournal([entry])
    const { exitCode, stderr } = await run('20270101')
    expect(exitCode).toBe(5)
    expect(stderr).toContain('Nothing that --fix changed has the id "20270101".')
    expect(stderr).toContain('\n  sqs-trigger rollback\n')
  })

  test('where it names something, nobody is asked without a terminal', async () => {
    const { run } = await inJournal([entry])
    const { exitCode, stderr } = await run(entry.id)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--yes (or --dry-run) is needed')
    expect(stderr).toContain(`sqs-trigger rollback ${entry.id} --yes`)
  })

  test('is looked for first among what can still be undone', async () => {
    const { run } = await inJournal([undone, { ...grantEntry, id: '20261121-080000-bbbb' }])
    // Without credentials it gets no further than to AWS.
    expect((await run('20261121', '--yes')).exitCode).toBe(4)
  })

  test('or several: exit 2, and their ids', async () => {
    const { run } = await inJournal([entry, grantEntry])
    const { exitCode, stderr } = await run('202611', '--yes')
    expect(exitCode).toBe(2)
    expect(stderr.replaceAll(/\n +/g, ' ')).toContain(
      `"202611" is the beginning of 2 ids: ${entry.id}, ${grantEntry.id}.`,
    )
  })
})
