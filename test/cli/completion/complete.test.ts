import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { commandList } from '../../../src/cli/command-list.js'
import { complete } from '../../../src/cli/completion/complete.js'
import { localNames } from '../../../src/cli/completion/local-names.js'
import { packed, unpacked } from '../../../src/cli/completion/packed-table.js'
import { linesFor, wordsFrom } from '../../../src/cli/completion/shells.js'
import { completionTable } from '../../../src/cli/completion/table.js'

const table = await completionTable()
const local = { profiles: () => ['dev', 'prod'], journalIds: () => ['20261123-a1', '20261122-b2'] }
/** What the line may go on with; the last word is the one under the cursor. */
const completed = (line: string) => {
  const found = complete(line.split(' ').slice(1), table, local)
  return found === 'files' ? found : found.map(({ value }) => value)
}

test.each<[string, readonly string[] | 'files']>([
  ['sqs-trigger pre', ['preflight']],
  ['sqs-trigger w', ['wire', 'wait']],
  ['sqs-trigger --region eu-west-1 pre', ['preflight']],
  ['sqs-trigger --verb', []],
  ['sqs-trigger --h', ['--help']],
  ['sqs-trigger help pol', ['policy']],
  ['sqs-trigger nonsense pre', []],
  ['sqs-trigger wire --batch', ['--batch-size', '--batch-window']],
  ['sqs-trigger wire orders worker --batch-size=5 --batch', ['--batch-window']],
  ['sqs-trigger wire --tag a=b --ta', ['--tag']],
  ['sqs-trigger wire --no-w', ['--no-wait']],
  ['sqs-trigger wire --wai', []],
  ['sqs-trigger wire --event', ['--event-count-metrics']],
  ['sqs-trigger list --dry', []],
  ['sqs-trigger preflight --connect', []],
  ['sqs-trigger list -o ', ['text', 'json']],
  ['sqs-trigger preflight --output j', ['json', 'junit']],
  ['sqs-trigger list --output=j', ['--output=json']],
  ['sqs-trigger preflight --strict ', ['core', 'all']],
  ['sqs-trigger preflight --strict=c', ['--strict=core']],
  ['sqs-trigger list --json=', []],
  ['sqs-trigger list --profile ', ['dev', 'prod']],
  ['sqs-trigger list --profile=p', ['--profile=prod']],
  ['sqs-trigger list --region eu-central-', ['eu-central-1', 'eu-central-2']],
  ['sqs-trigger --profile p', ['prod']],
  ['sqs-trigger preflight --ignore no-dead', ['no-dead-letter-queue']],
  ['sqs-trigger explain role-lacks-rec', ['role-lacks-receive-message']],
  ['sqs-trigger rollback 2026112', ['20261123-a1', '20261122-b2']],
  ['sqs-trigger completion ', ['bash', 'zsh', 'fish']],
  ['sqs-trigger completion bash ', []],
  ['sqs-trigger wire ', []],
  ['sqs-trigger preflight a b --sample ', 'files'],
  ['sqs-trigger sandbox -- npm ', 'files'],
])('%s', (line, wanted) => {
  expect(completed(line)).toEqual(wanted)
})

test('an empty word offers the commands, and the flags of one that takes no arguments', () => {
  expect(completed('sqs-trigger ')).toEqual([...commandList.map(({ name }) => name), 'help'])
  expect(completed('sqs-trigger list ')).toEqual(expect.arrayContaining(['--queue', '--json', '--help']))
})

test('of the global flags only those are offered that the command takes', () => {
  expect(completed('sqs-trigger demo --')).not.toContain('--profile')
  expect(completed('sqs-trigger sandbox --')).not.toContain('--json')
  expect(completed('sqs-trigger wire --')).toContain('--timeout')
})

test('each shell gets its own lines', () => {
  const found = [
    { value: '--output=json', summary: 'a: form' },
    { value: 'x:y', summary: '' },
  ]
  expect(linesFor('bash', found)).toEqual(['json', 'x:y'])
  expect(linesFor('zsh', found)).toEqual(['--output=json:a: form', 'x:y'])
  expect(linesFor('zsh', [{ value: 'a:b', summary: 'c' }])).toEqual(['a\\:b:c'])
  expect(linesFor('fish', found)).toEqual(['--output=json\ta: form', 'x:y'])
  expect(linesFor('fish', 'files')).toEqual([':files'])
  expect(wordsFrom('bash', ['list', '--output', '=', 'j'])).toEqual(['list', '--output=j'])
  expect(wordsFrom('bash', ['list', '--output', '='])).toEqual(['list', '--output='])
  expect(wordsFrom('fish', ['--output=j'])).toEqual(['--output=j'])
})

test('profiles and ids come from the files of this machine, and only those that can be typed', () => {
  const home = mkdtempSync(join(tmpdir(), 'sqs-trigger-home-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const journal = join(home, '.local/state/sqs-trigger/journal')
  mkdirSync(journal, { recursive: true })
  mkdirSync(join(home, '.aws'))
  const config =
    '[default]\n[profile prod]\n[sso-session corp]\n[services local]\n[profile "two words"]\n[prod2]\n'
  writeFileSync(join(home, '.aws/config'), config)
  writeFileSync(join(home, '.aws/credentials'), '[keys]\n[prod]\n[$(reboot)]\n')
  for (const name of ['20261122-b2.json', '20261123-a1.json', 'x.new']) writeFileSync(join(journal, name), '')
  const names = localNames({ HOME: home })
  expect(names.profiles()).toEqual(['default', 'keys', 'prod'])
  expect(names.journalIds()).toEqual(['20261123-a1', '20261122-b2'])
  const elsewhere = localNames({ HOME: '/nowhere', AWS_CONFIG_FILE: join(home, '.aws/config') })
  expect(elsewhere.profiles()).toEqual(['default', 'prod'])
  expect(elsewhere.journalIds()).toEqual([])
})

test('packed for the shell it is the same table, with each flag once', () => {
  const small = packed(table)
  expect(unpacked(JSON.parse(JSON.stringify(small)))).toEqual(table)
  const texts = small.flags.map((flag) => JSON.stringify(flag))
  expect(new Set(texts).size).toBe(texts.length)
})
