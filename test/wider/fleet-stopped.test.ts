import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { applyFleet } from '../../src/fleet/apply-fleet.js'
import type { FleetPlan, FleetResult } from '../../src/fleet/fleet-plan.js'
import { runToEnd } from '../../src/operations/run-to-end.js'
import { actionsOf, type FleetScene, fileOf, startFleet } from '../fleet/fleet-scene.js'
import { bin, cleanEnv } from '../support/run-command.js'

/** Applies, and is told to stop right after so many changes. */
async function stoppedAfter(changes: number, plan: FleetPlan, { session }: FleetScene): Promise<FleetResult> {
  const stop = new AbortController()
  let made = 0
  if (changes === 0) stop.abort()
  const stopping = { ...session, signal: stop.signal }
  return runToEnd(applyFleet(plan, { parallel: 3 }, stopping), (event) => {
    if (event.type !== 'change-applied') return
    made += 1
    if (made === changes) stop.abort()
  })
}

/** Queue, function and owner of every mapping; a duplicate would stand twice. */
const sorted = ({ mappings }: Pick<FleetScene, 'mappings'>) => mappings().toSorted()

const seeded = (queue: string, tags: Readonly<Record<string, string>>) => ({
  service: 'lambda' as const,
  operation: 'CreateEventSourceMapping',
  input: {
    EventSourceArn: `arn:aws:sqs:us-east-1:111122223333:${queue}`,
    FunctionName: 'f0',
    BatchSize: 3,
    Tags: tags,
  },
})

/** Of eight queues the file wires six: two mappings are to be changed, two to go, two belong to others. */
async function mixedWorld() {
  const scene = await startFleet(10)
  const own = { 'sqs-trigger:manifest': 'shop' }
  await scene.sandbox.seed([
    seeded('q0', own),
    seeded('q1', own),
    seeded('q6', own),
    seeded('q7', own),
    seeded('q8', {}),
    seeded('q9', { 'sqs-trigger:manifest': 'other' }),
  ])
  return scene
}

const wanted = [
  ...Array.from({ length: 6 }, (_, index) => `q${index} f0 7 {"sqs-trigger:manifest":"shop"}`),
  'q8 f0 3 {}',
  'q9 f0 3 {"sqs-trigger:manifest":"other"}',
]

describe('stopped after each change, and run again', () => {
  // Four creations, two changes, two deletions.
  test.each(Array.from({ length: 9 }, (_, index) => index))('after %d changes', async (changes) => {
    const scene = await mixedWorld()
    const { steps } = await stoppedAfter(changes, await scene.plan(fileOf(6), { prune: true }), scene)
    const count = (outcome: string) => steps.filter((step) => step.outcome === outcome).length
    expect(steps).toHaveLength(8)
    expect(count('failed')).toBe(0)
    expect(count('done')).toBeGreaterThanOrEqual(changes)
    expect(count('done') + count('untouched')).toBe(8)
    const rest = await scene.plan(fileOf(6), { prune: true })
    // What was told as done is done, and what was told as untouched is still to be done.
    expect(rest.steps.filter(({ does }) => does !== null)).toHaveLength(count('untouched'))
    await scene.apply(rest)
    // What was asked for in the first run may still be under way.
    await scene.sandbox.advance(120_000)
    await scene.sandbox.settled()
    expect(sorted(scene)).toEqual(wanted)
    expect(
      actionsOf(await scene.plan(fileOf(6), { prune: true })).every((step) => step.startsWith('unchanged')),
    ).toBe(true)
  })
})

test('two hundred triggers, stopped again and again at random points', async () => {
  const scene = await startFleet(202, 10)
  await scene.sandbox.seed([seeded('q200', {}), seeded('q201', { 'sqs-trigger:manifest': 'other' })])
  const file = fileOf(200, 10)
  let runs = 0
  for (; runs < 50; runs++) {
    const plan = await scene.plan(file, { prune: true, parallel: 10 })
    const left = plan.steps.filter(({ does }) => does !== null).length
    if (left === 0) break
    await stoppedAfter(1 + Math.floor(Math.random() * Math.min(left + 10, 60)), plan, scene)
    expect(new Set(scene.mappings()).size).toBe(scene.mappings().length)
  }
  expect(runs).toBeGreaterThan(3)
  const all = Array.from(
    { length: 200 },
    (_, index) => `q${index} f${index % 10} 7 {"sqs-trigger:manifest":"shop"}`,
  )
  expect(sorted(scene)).toEqual(
    [...all, 'q200 f0 3 {}', 'q201 f0 3 {"sqs-trigger:manifest":"other"}'].toSorted(),
  )
})

test('two hundred triggers, the process killed at random moments', async () => {
  const { sandbox, mappings } = await startFleet(202, 10)
  await sandbox.seed([seeded('q200', {}), seeded('q201', { 'sqs-trigger:manifest': 'other' })])
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-killed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'sqs-trigger.yaml'), fileOf(200, 10))
  const env = {
    ...cleanEnv,
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.region,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'never-verified',
  }
  const run = (afterMappings: number) =>
    new Promise<number | null>((resolve) => {
      const args = [bin, 'apply', '--prune', '--yes', '--quiet', '--no-wait', '--parallel', '5']
      const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore' })
      // Killed as soon as so many mappings are there: planning takes its time, and differs from machine to machine.
      const watching = setInterval(() => {
        if (mappings().length >= afterMappings) child.kill('SIGKILL')
      }, 5)
      child.on('exit', (code) => {
        clearInterval(watching)
        resolve(code)
      })
    })
  let killed = 0
  for (let goal = 2; goal < 202; ) {
    goal = mappings().length + 10 + Math.floor(Math.random() * 50)
    if ((await run(goal)) === null) killed += 1
    expect(new Set(mappings()).size).toBe(mappings().length)
  }
  expect(await run(Number.POSITIVE_INFINITY)).toBe(0)
  expect(killed).toBeGreaterThan(1)
  const all = Array.from(
    { length: 200 },
    (_, index) => `q${index} f${index % 10} 7 {"sqs-trigger:manifest":"shop"}`,
  )
  expect(mappings().toSorted()).toEqual(
    [...all, 'q200 f0 3 {}', 'q201 f0 3 {"sqs-trigger:manifest":"other"}'].toSorted(),
  )
})
