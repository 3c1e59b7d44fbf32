import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type FleetScene, fileOf, startFleet } from '../fleet/fleet-scene.js'
import { type RanHere, runHere } from '../support/run-here.js'

/** Runs a command on a file with this text. */
function running({ sandbox }: FleetScene) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-fleet-commands-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'sqs-trigger.yaml')
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.region,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'never-verified',
  }
  return async (text: string, ...args: readonly string[]): Promise<RanHere> => {
    writeFileSync(file, text)
    const [command = '', ...flags] = args
    const { code, stdout, stderr } = await runHere([command, '-f', file, ...flags], env)
    const plain = (said: string) => said.replaceAll(file, 'sqs-trigger.yaml').replace(/\s+/g, ' ')
    return { code, stdout: plain(stdout), stderr: plain(stderr) }
  }
}

test('what --keep-going leaves out is named in every run, and counts for the exit code', async () => {
  const scene = await startFleet(2)
  const run = running(scene)
  const text = `${fileOf(1)}\n  - {queue: nowhere, function: f0}\n`
  const apply = () => run(text, 'apply', '--keep-going', '--yes', '--no-wait')
  const first = await apply()
  expect(first.stdout).toContain('Left out: ! nowhere → f0 (line 6): blocked by queue-not-found')
  expect(first.stdout).toContain('1 created')
  expect(first.code).toBe(5)
  const second = await apply()
  expect(second.stdout).toContain('Left out: ! nowhere → f0 (line 6): blocked by queue-not-found')
  expect(second.stdout).not.toContain('No changes')
  expect(second.stderr).toContain('1 of the file was left out')
  expect(second.code).toBe(5)
})
