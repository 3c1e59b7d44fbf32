import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { JournalEntry } from '../../src/journal.js'
import { newJournalId } from '../../src/operations/journal/entry.js'
import { openFileJournal } from '../../src/operations/journal/file.js'

const change = {
  action: 'put',
  type: 'role-policy',
  iamAction: 'iam:PutRolePolicy',
  roleArn: 'arn:aws:iam::111122223333:role/worker-role',
  policyName: 'sqs-trigger-orders',
  policy: { Version: '2012-10-17', Statement: [] },
} as const
const attributes = {
  action: 'set',
  type: 'queue-attributes',
  iamAction: 'sqs:SetQueueAttributes',
  queueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  attributes: { VisibilityTimeout: '30' },
} as const

const entryOf = (id: string): JournalEntry => ({
  version: 1,
  id,
  startedAt: '2026-11-23T09:15:00.000Z',
  account: '111122223333',
  region: 'eu-west-1',
  endpoint: null,
  profile: 'shop',
  rules: ['role-lacks-receive-message'],
  changes: [
    { change, previous: null, state: 'made' },
    { change: attributes, previous: { VisibilityTimeout: '4' }, state: 'intended' },
    {
      change: { ...attributes, action: 'create', type: 'queue', iamAction: 'sqs:CreateQueue' },
      previous: null,
      state: 'undone',
    },
  ],
})
const first = entryOf('20261123-091500-3f2a')
const second = entryOf('20261123-091501-0001')

async function newFolder(): Promise<string> {
  const above = await mkdtemp(join(tmpdir(), 'journal-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  return join(above, 'state', 'journal')
}

describe('a journal in a folder', () => {
  it('gives back what was written, the newest first, and makes no folder before', async () => {
    const folder = await newFolder()
    const journal = openFileJournal(folder)
    expect(journal.place).toBe(folder)
    expect(await journal.list()).toEqual({ entries: [], unreadable: [] })
    await expect(stat(folder)).rejects.toThrow('ENOENT')
    await journal.write(first)
    await journal.write(second)
    expect(await journal.list()).toEqual({ entries: [second, first], unreadable: [] })
    const sooner = { ...entryOf('20261123-091501-ffff'), startedAt: '2026-11-23T09:14:59.999Z' }
    await journal.write(sooner)
    expect((await journal.list()).entries).toEqual([second, first, sooner])
  })

  it('writes over an entry of the same id, in one piece, for its owner alone', async () => {
    const folder = await newFolder()
    const journal = openFileJournal(folder)
    await journal.write(first)
    await journal.write({ ...first, profile: null })
    expect(await readdir(folder)).toEqual([`${first.id}.json`])
    const mode = async (path: string) => (await stat(path)).mode & 0o777
    expect(await mode(folder)).toBe(0o700)
    expect(await mode(join(folder, `${first.id}.json`))).toBe(0o600)
    expect((await journal.list()).entries).toEqual([{ ...first, profile: null }])
  })

  it('holds no credentials', async () => {
    const folder = await newFolder()
    await openFileJournal(folder).write(first)
    const text = await readFile(join(folder, `${first.id}.json`), 'utf8')
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(first))
  })

  it.each([
    ['nothing', ''],
    ['half an entry', JSON.stringify(first).slice(0, 80)],
    ['another JSON', '[1,2]'],
    ['a later version', JSON.stringify({ ...first, version: 2 })],
    ['the id of another', JSON.stringify(second)],
    [
      'a change that no repair makes',
      JSON.stringify({
        ...first,
        changes: [
          {
            change: { type: 'event-source-mapping', action: 'delete', uuid: 'x' },
            previous: null,
            state: 'made',
          },
        ],
      }),
    ],
    ['a state that is unknown', JSON.stringify(first).replace('"made"', '"done"')],
    ['attributes that are no texts', JSON.stringify(first).replace('"30"', '30')],
    ['a name that reaches a prototype', JSON.stringify(first).replace('"Statement"', '"__proto__"')],
    [
      'what is nested too deep',
      JSON.stringify(first).replace(
        '"Statement":[]',
        `"Statement":${'['.repeat(90_000)}${']'.repeat(90_000)}`,
      ),
    ],
    ['more than anybody writes', JSON.stringify({ ...first, rules: ['x'.repeat(1_100_000)] })],
  ])('names a file that holds %s as unreadable', async (_, text) => {
    const folder = await newFolder()
    const journal = openFileJournal(folder)
    await journal.write(second)
    const path = join(folder, `${first.id}.json`)
    await writeFile(path, text)
    expect(await journal.list()).toEqual({ entries: [second], unreadable: [path] })
    expect({}).not.toHaveProperty('polluted')
  })

  it('follows no link, reads no folder, and leaves other files alone', async () => {
    const folder = await newFolder()
    const journal = openFileJournal(folder)
    await journal.write(second)
    const elsewhere = join(folder, 'elsewhere')
    await writeFile(elsewhere, JSON.stringify(first))
    await symlink(elsewhere, join(folder, `${first.id}.json`))
    await mkdir(join(folder, '20261123-091502-aaaa.json'))
    await writeFile(join(folder, 'notes.json'), '{}')
    expect(await journal.list()).toEqual({
      entries: [second],
      unreadable: ['notes.json', '20261123-091502-aaaa.json', `${first.id}.json`].map((name) =>
        join(folder, name),
      ),
    })
  })

  // None of these can root write to, either.
  it.each<[where: string, place: (folder: string) => Promise<string>]>([
    [
      'a file stands in the place of the folder',
      async (folder) => {
        await mkdir(join(folder, '..'), { recursive: true })
        await writeFile(folder, '')
        return folder
      },
    ],
    ['the folder would be below a device', async () => '/dev/null/journal'],
    [
      'a folder stands in the place of the entry',
      async (folder) => {
        await mkdir(join(folder, `${first.id}.json`), { recursive: true })
        return folder
      },
    ],
  ])('says so where %s, and leaves nothing behind', async (_, place) => {
    const folder = await place(await newFolder())
    const journal = openFileJournal(folder)
    const failed = { code: 'JOURNAL_FAILED', message: expect.stringContaining(`${folder} cannot be written`) }
    await expect(journal.write(first)).rejects.toMatchObject(failed)
    await expect(journal.remove(first.id)).rejects.toMatchObject(failed)
    const left = await readdir(folder).catch(() => [])
    expect(left.filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('says so where a file stands in the place of the folder that is listed', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, '..'), { recursive: true })
    await writeFile(folder, '')
    await expect(openFileJournal(folder).list()).rejects.toMatchObject({ code: 'JOURNAL_FAILED' })
  })

  it('forgets an entry, and minds none that is not there', async () => {
    const folder = await newFolder()
    const journal = openFileJournal(folder)
    await journal.remove(first.id)
    await journal.write(first)
    await journal.write(second)
    await journal.remove(first.id)
    expect(await journal.list()).toEqual({ entries: [second], unreadable: [] })
    await expect(journal.remove('../state')).rejects.toMatchObject({ code: 'JOURNAL_FAILED' })
  })

  it('never leaves its folder', async () => {
    const folder = await newFolder()
    await expect(openFileJournal(folder).write(entryOf('../../20261123-091500-3f2a'))).rejects.toMatchObject({
      code: 'JOURNAL_FAILED',
    })
  })
})

it('ids begin with the time, in UTC', () => {
  expect(newJournalId(Date.UTC(2026, 10, 23, 9, 15, 0))).toMatch(/^20261123-091500-[0-9a-f]{4}$/)
})

it.skipIf(!existsSync('/proc/self'))(
  'a place where no folder can be made is an error, and no endless search (skipped without /proc)',
  async () => {
    const writing = openFileJournal('/proc/sqs-trigger/journal').write(entryOf(newJournalId(0)))
    await expect(writing).rejects.toMatchObject({ code: 'JOURNAL_FAILED' })
  },
)
