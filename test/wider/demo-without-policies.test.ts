import { expect, test, vi } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from '../cli/fake-host.js'

// Everything is allowed to everybody: what a sandbox without policies would answer.
vi.mock('../../src/permissions/evaluate.js', () => ({
  evaluate: () => ({ verdict: 'allowed', reason: 'nobody looked', evidence: [], missing: [] }),
}))

test('the demo fails when the sandbox stops evaluating policies', async () => {
  const { host, stderr } = fakeHost(['demo'])
  expect(await runProgram(host, new AbortController().signal)).toBe(1)
  expect(stderr().replaceAll(/\s+/g, ' ')).toContain('preflight ended with exit code 0, not 3')
})

test('the same as JSON is one document', async () => {
  const { host, stdout } = fakeHost(['demo', '--json'])
  expect(await runProgram(host, new AbortController().signal)).toBe(1)
  expect(JSON.parse(stdout())).toMatchObject({ command: 'demo', ok: false, exitCode: 1, result: null })
})
