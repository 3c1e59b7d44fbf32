import { beforeAll, expect, test } from 'vitest'
import { runProgram } from '../../../src/cli/program.js'
import { fakeHost } from '../../cli/fake-host.js'
import { parseXml } from '../../report/json-xml.js'
import { everyCommand } from '../../support/every-command.js'
import { movedTime } from '../matrix/moved-time.js'
import type { Stage } from '../matrix/stage.js'
import { evil, hostileStage } from './hostile-stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await hostileStage()
  return () => stage.close()
})

const lines: readonly (readonly string[])[] = [
  ['preflight', 'orders', 'evil', '--all-findings'],
  ['wire', 'orders', 'evil', '--dry-run', '--fix'],
  ['wire', 'plain', 'evil', '--filter', JSON.stringify({ body: { a: [evil] } }), '--dry-run'],
  ['status', 'orders'],
  ['list'],
  ['logs', 'orders', '--since', '1h'],
  ['redrive', 'orders', '--peek', '3'],
  ['redrive', 'orders', '--dry-run'],
  ['update', 'orders', '--tag', 'team=shop', '--dry-run'],
  ['unwire', 'orders', '--dry-run'],
  ['send', 'orders', '--prove', '--body', evil.replaceAll('\u0000', ''), '--timeout', '5s'],
  ['policy', 'orders', 'evil'],
  ['explain', `${evil} AccessDenied`],
  ['status', evil],
  [evil],
  ['list', `--${evil}`],
]
const formatsOf = (name: string | undefined) =>
  everyCommand.find((one) => one.name === name)?.command.formats ?? ['text', 'json']
const cases = lines.flatMap((line) =>
  formatsOf(line[0]).flatMap((format) => [
    [format, line, []] as const,
    [format, line, ['--verbose', '--debug']] as const,
  ]),
)

/** Commands that showed some of it. */
const told = new Set<string>()

/** All but the end of a line. */
const driving = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

test.each(cases.map((one, n) => [n, one[0], one[1][0]?.replace(/\W/g, '') ?? '', one] as const))(
  '%i: %s of %s drives no terminal',
  async (_n, _format, _name, [format, line, more]) => {
    const { host, stdout, stderr } = fakeHost([...line, '--output', format, '--no-color', ...more], {
      env: stage.env,
    })
    const time = movedTime(stage.sandbox, stage.calls.isStuck)
    const code = await time.drive(runProgram({ ...host, surroundings: time }, new AbortController().signal))
    time.close()
    expect([0, 1, 2, 3, 5, 7, 9]).toContain(code)
    expect(stderr()).not.toContain('This is a bug')
    if (`${stdout()}${stderr()}`.includes('gnp')) told.add(line[0] ?? '')
    // The stack of an error is code of ours; a policy is printed as JSON, which is escaped.
    expect(driving.exec(stdout())?.[0]).toBeUndefined()
    expect(driving.exec(stderr())?.[0]).toBeUndefined()
    if (format === 'json') expect(JSON.parse(stdout())).toMatchObject({ exitCode: code })
    if (format === 'sarif') expect(JSON.parse(stdout())).toHaveProperty('runs')
    if (format === 'junit') expect(parseXml(stdout()).name).toBe('testsuites')
    if (format === 'ndjson') for (const one of stdout().trimEnd().split('\n')) JSON.parse(one)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  },
)

test('the words of the others were there to be told', () => {
  expect([...told]).toEqual(expect.arrayContaining(['status', 'logs', 'redrive', 'explain']))
})
