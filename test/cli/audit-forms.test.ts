import { expect, test } from 'vitest'
import { runProgram } from '../../src/cli/program.js'
import { fakeHost } from './fake-host.js'

async function run(argv: readonly string[], terminal: boolean) {
  const { host, stdout, stderr } = fakeHost(argv, {
    terminal,
    env: { HOME: '/nonexistent', AWS_PROFILE: 'nobody' },
  })
  const exitCode = await runProgram(host, new AbortController().signal)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

test('a page does not go to a terminal: where to, is said before anything is asked', async () => {
  const { exitCode, stdout, stderr } = await run(['audit', '-o', 'html'], true)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('--output html is a page for a browser, and would fill this terminal')
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain('sqs-trigger audit --output html > audit.html')
})

test('a run that came to nothing is a page, too, and says why on stderr', async () => {
  const { exitCode, stdout, stderr } = await run(['audit', '-o', 'html'], false)
  expect(exitCode).toBe(4)
  expect(stdout).toMatch(/^<!doctype html>[\s\S]*There is no audit to show\.[\s\S]*nobody[\s\S]*<\/html>\n$/)
  expect(stderr).toContain('nobody')
})

test('a chart goes anywhere, and is one even where nothing was audited', async () => {
  const { exitCode, stdout } = await run(['audit', '-o', 'mermaid'], true)
  expect(exitCode).toBe(4)
  expect(stdout).toMatch(/^flowchart LR\n[\s\S]*failed\["/)
})

test('a command without pages says which forms it has, not in a page on a terminal', async () => {
  const { exitCode, stdout, stderr } = await run(['list', '-o', 'html'], true)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('--output html is not offered by list')
})
