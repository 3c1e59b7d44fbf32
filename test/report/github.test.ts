import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ChangeMade } from '../../src/change.js'
import type { OperationEvent } from '../../src/operations/events.js'
import { failedFinding, preflightEnded, reported, usage } from './json-run.js'
import { findings } from './samples.js'

const failed = findings.filter(({ status }) => status === 'fail')
const fail = failedFinding

const linesOf = (text: string) => text.split('\n').slice(0, -1)

/** A folder that is gone when the test is over. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sqs-trigger-summary-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

describe('annotations', () => {
  test('one a line, errors first, without a file', async () => {
    const { stdout } = await reported('github', preflightEnded(findings, failed))
    const heads = linesOf(stdout).map((line) => /^::([a-z]+) title=([^:]*)::/.exec(line)?.slice(1))
    expect(heads).toEqual([
      ['error', 'role-lacks-receive-message'],
      ['warning', 'no-dead-letter-queue'],
      ['notice', 'partial-batch-response-off'],
      ['notice', 'unknown%3A role-not-assumable-by-lambda'],
    ])
    expect(linesOf(stdout)[0]).toContain('on orders.%0ALambda reads the queue')
  })

  test('what was changed is a notice each, with the way back where there is one', async () => {
    const change = { action: 'delete', type: 'event-source-mapping', uuid: 'u' } as const
    const applied = (made: ChangeMade): OperationEvent => ({
      type: 'change-applied',
      change: { ...change, iamAction: 'lambda:DeleteEventSourceMapping' },
      made,
    })
    const events = [
      applied({ action: 'put', type: 'role-policy', id: 'r/p', undo: 'aws iam delete-role-policy' }),
      applied({ action: 'create', type: 'queue', id: 'orders-dlq', undo: '' }),
    ]
    const { stdout } = await reported('github', preflightEnded([], []), { events })
    expect(linesOf(stdout)).toEqual([
      '::notice title=sqs-trigger%3A changed::Wrote role policy r/p.%0AUndo: aws iam delete-role-policy',
      '::notice title=sqs-trigger%3A changed::Created queue orders-dlq.',
    ])
  })

  test('what one cause leaves unknown is one of them, behind what failed', async () => {
    const unknown = findings.filter(({ status }) => status === 'unknown')
    const twin = unknown.map((finding) => ({ ...finding, rule: 'role-not-found' }))
    const { stdout } = await reported(
      'github',
      preflightEnded([...unknown, ...twin, ...failed], [...unknown, ...twin]),
    )
    expect(linesOf(stdout)).toEqual([
      expect.stringMatching(/^::error title=role-lacks-receive-message::/),
      '::error title=unknown%3A role-not-assumable-by-lambda role-not-found::iam:GetRole was refused, so these 2 cannot be ruled out:%0A- Lambda may not assume the execution role (role-not-assumable-by-lambda)%0A- Lambda may not assume the execution role (role-not-found)%0AThe permission iam:GetRole would settle them.',
    ])
  })

  test('escaped as the runner reads them', async () => {
    const message = '100% of a:b,c\r\nsecond::error::line'
    const { stdout } = await reported('github', preflightEnded([{ ...fail, message, fix: null }], failed))
    expect(linesOf(stdout)).toHaveLength(1)
    expect(stdout).toContain('::100%25 of a:b,c%0Asecond::error::line%0A')
  })

  test('a comma ends no property', async () => {
    const odd = failed.slice(0, 1).map((finding) => ({ ...finding, rule: 'one,two' }))
    const { stdout } = await reported('github', preflightEnded(odd, odd))
    expect(stdout).toMatch(/^::error title=one%2Ctwo::/)
  })

  test('nothing objects: nothing is written', async () => {
    const passed = findings.filter(({ status }) => status === 'pass' || status === 'skip')
    expect(await reported('github', preflightEnded(passed, []))).toEqual({ stdout: '', stderr: '' })
  })

  test('what stops the run is an error, whatever its severity', async () => {
    const stops = findings.filter(({ status }) => status === 'unknown' || status === 'warn')
    const { stdout } = await reported('github', preflightEnded(stops, stops))
    expect(linesOf(stdout).every((line) => line.startsWith('::error '))).toBe(true)
  })

  test('what ended before anything was judged', async () => {
    const { stdout } = await reported('github', usage, { provisional: true })
    expect(stdout).toBe(
      '::error title=sqs-trigger%3A USAGE::Unknown flag --quue – did you mean --queue?%0Asee the flags\n',
    )
  })
})

describe('the summary of the step', () => {
  test('is appended to what stands there', async () => {
    const file = join(folder(), 'summary.md')
    writeFileSync(file, 'before\n')
    const ended = preflightEnded(findings, failed)
    const { stdout } = await reported('github', ended, { env: { GITHUB_STEP_SUMMARY: file } })
    const written = readFileSync(file, 'utf8')
    expect(written).toMatch(/^before\n### sqs-trigger preflight/)
    expect(written).toContain('| ❌ fails | `role-lacks-receive-message` |')
    expect(stdout).not.toContain('###')
  })

  test('a file that cannot be written is a warning, and decides nothing', async () => {
    const env = { GITHUB_STEP_SUMMARY: join(folder(), 'no', 'such', 'folder.md') }
    const { stdout } = await reported('github', preflightEnded(findings, []), { env })
    expect(stdout).toMatch(
      /^::warning title=sqs-trigger::The summary of the step could not be written: ENOENT/m,
    )
  })

  test('never makes the file larger than GitHub takes', async () => {
    const file = join(folder(), 'summary.md')
    const limit = 1024 * 1024
    writeFileSync(file, 'x'.repeat(limit - 700))
    const ended = preflightEnded(findings, failed)
    await reported('github', ended, { env: { GITHUB_STEP_SUMMARY: file } })
    const text = readFileSync(file, 'utf8')
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit)
    // The verdict is what stays, and no part is cut in the middle.
    expect(text).toContain('1 of 7 checks failed')
    expect(text).toMatch(/too long for a summary; it stands in the log\._\n\n$/)
    expect(text.split('<details>').length).toBe(text.split('</details>').length)
    await reported('github', ended, { env: { GITHUB_STEP_SUMMARY: file } })
    expect(Buffer.byteLength(readFileSync(file, 'utf8'))).toBeLessThanOrEqual(limit)
  })
})
