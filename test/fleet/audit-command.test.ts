import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountsToAudit, type TypedPlaces } from '../../src/cli/audit-accounts.js'
import { readBaseline } from '../../src/cli/files/baseline-file.js'

const typed: TypedPlaces = { regions: [], allRegions: false, profile: [], roleArn: [] }
const role = 'arn:aws:iam::111122223333:role/audit'
const never = { connection: {}, clients: () => Promise.reject(new Error('nothing is to be called')) }

describe('the accounts that were typed', () => {
  it.each<[string, Partial<TypedPlaces>, unknown]>([
    ['nothing', {}, [{ profile: null, roleArn: null, name: null, regions: [] }]],
    [
      'Regions with commas',
      { regions: ['eu-west-1,us-east-1', 'eu-north-1'] },
      [{ regions: ['eu-west-1', 'us-east-1', 'eu-north-1'] }],
    ],
    ['all Regions', { allRegions: true }, [{ regions: 'all' }]],
    ['profiles, each once', { profile: ['a', 'b', 'a'] }, [{ profile: 'a' }, { profile: 'b' }]],
    [
      'roles with and without a name',
      { roleArn: [role, `prod=${role}2`] },
      [
        { roleArn: role, name: null },
        { roleArn: `${role}2`, name: 'prod' },
      ],
    ],
    ['a role taken with a profile', { profile: ['a'], roleArn: [role] }, [{ profile: 'a', roleArn: role }]],
  ])('%s', (_, given, expected) => {
    expect(accountsToAudit({ ...typed, ...given }, never)).toMatchObject(expected as object)
  })

  it.each<[string, Partial<TypedPlaces>, string | undefined]>([
    ['Regions and all of them', { regions: ['eu-west-1'], allRegions: true }, undefined],
    ['--region and --regions', { regions: ['eu-west-1'] }, 'us-east-1'],
    ['roles with two profiles', { profile: ['a', 'b'], roleArn: [role] }, undefined],
    ['a role that is none', { roleArn: ['arn:aws:iam::111122223333:user/audit'] }, undefined],
  ])('refuses %s', (_, given, region) => {
    const connection = region === undefined ? {} : { region }
    expect(() => accountsToAudit({ ...typed, ...given }, { ...never, connection })).toThrow(
      expect.objectContaining({ code: 'USAGE' }),
    )
  })
})

describe('the file of an earlier audit', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'sqs-trigger-baseline-')), 'before.json')
  const mapping = { queueArn: 'arn:q', functionArn: 'arn:f' }
  const document = { schemaVersion: '1.0', command: 'audit', result: { baseline: null } }

  it('is read as far as it is needed', async () => {
    const finding = { rule: 'no-dead-letter-queue', status: 'warn', mapping: { ...mapping, more: 1 } }
    writeFileSync(path, JSON.stringify({ ...document, findings: [finding] }))
    expect(await readBaseline(path)).toEqual({
      file: path,
      complete: true,
      findings: [{ rule: 'no-dead-letter-queue', status: 'warn', ...mapping }],
    })
  })

  it.each([
    ['that was stopped early', null],
    ['of which a part was not read', { baseline: null, complete: false }],
  ])('is known to be of an audit %s', async (_, result) => {
    writeFileSync(path, JSON.stringify({ ...document, findings: [], result }))
    expect(await readBaseline(path)).toMatchObject({ complete: false })
  })

  it.each<[string, string]>([
    ['no JSON', 'rules: []'],
    ['a list', '[]'],
    ['of another command', JSON.stringify({ ...document, command: 'list', findings: [] })],
    ['of another version', JSON.stringify({ ...document, schemaVersion: '2.0', findings: [] })],
    ['made with a baseline', JSON.stringify({ ...document, findings: [], result: { baseline: {} } })],
    [
      'a finding without its mapping',
      JSON.stringify({ ...document, findings: [{ rule: 'a', status: 'warn' }] }),
    ],
    ['a prototype', '{"__proto__":{"command":"audit","findings":[]}}'],
  ])('is refused: %s', async (_, text) => {
    writeFileSync(path, text)
    await expect(readBaseline(path)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('is refused where it is missing, or a folder', async () => {
    await expect(readBaseline('/nowhere/at.json')).rejects.toMatchObject({ code: 'USAGE' })
    await expect(readBaseline(tmpdir())).rejects.toMatchObject({ code: 'USAGE' })
  })
})
