import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { pollingPolicySeed } from '../../src/sandbox/seeds.js'
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
  return async (text: string, args: readonly string[], signal?: AbortSignal): Promise<RanHere> => {
    writeFileSync(file, text)
    const [command = '', ...flags] = args
    const { code, stdout, stderr } = await runHere([command, '-f', file, ...flags], env, signal)
    const plain = (said: string) => said.replaceAll(file, 'sqs-trigger.yaml').replace(/\s+/g, ' ')
    return { code, stdout: plain(stdout), stderr: plain(stderr) }
  }
}

test('what --keep-going leaves out is named in every run, and counts for the exit code', async () => {
  const scene = await startFleet(2)
  const run = running(scene)
  const text = `${fileOf(1)}\n  - {queue: nowhere, function: f0}\n`
  const apply = () => run(text, ['apply', '--keep-going', '--yes', '--no-wait'])
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

test('whose a mapping is may not be read: a right is missing, and nothing is in conflict', async () => {
  const scene = await startFleet(1)
  const run = running(scene)
  expect((await run(fileOf(1), ['apply', '--yes', '--no-wait'])).code).toBe(0)
  const Statement = [{ Effect: 'Deny', Action: 'lambda:ListTags', Resource: '*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const input = { UserName: 'developer', PolicyName: 'no-tags', PolicyDocument }
  await scene.sandbox.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
  const { code, stderr } = await run(fileOf(1, 1, 'batch-size: 9'), ['apply', '--yes'])
  expect(code).toBe(6)
  expect(stderr).toContain('q0 to f0: lambda:ListTags is refused, so nobody can tell whose it is.')
  expect(stderr).toContain('sqs-trigger policy q0 f0 --for caller --with update')
})

test('Ctrl-C waits for the answers that are under way, and lists what was done', async () => {
  const scene = await startFleet(3)
  const run = running(scene)
  const { faults } = scene.sandbox
  faults.inject({
    service: 'lambda',
    operation: 'CreateEventSourceMapping',
    effect: { kind: 'delay', ms: 1_500 },
  })
  const stop = new AbortController()
  // The clock stands still: the first creation is held up until it is moved on, longer than other commands wait.
  let quietMs = 0
  let calls = 0
  const watching = setInterval(async () => {
    const now = scene.sandbox.calls().length
    quietMs = now > 3 && now === calls ? quietMs + 50 : 0
    calls = now
    if (quietMs === 1_000) stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
    if (quietMs === 2_500) await scene.sandbox.advance(5_000)
  }, 50)
  onTestFinished(() => clearInterval(watching))
  const { code, stdout, stderr } = await run(fileOf(3), ['apply', '--yes', '--parallel', '1'], stop.signal)
  expect(code).toBe(130)
  const made = scene.mappings().length
  expect(made).toBeGreaterThan(0)
  expect(stdout).toContain('Done: + q0 → f0 (line 5)')
  expect(stdout).toContain('Not touched: + q')
  expect(stderr).toContain(`Interrupted. ${made} done, 0 failed, ${3 - made} not touched.`)
  expect(stderr).toContain('the same command goes on from here: sqs-trigger apply')
})

test('findings name the triggers that they are about, and one command for several rights stands once', async () => {
  const scene = await startFleet(2)
  const { world } = scene.sandbox
  const polling = pollingPolicySeed('worker-role', world.partition)
  await scene.sandbox.seed([{ ...polling, operation: 'DetachRolePolicy' }])
  const { stdout } = await running(scene)(fileOf(2), ['plan'])
  expect(stdout).toContain('For q0 → f0 (line 5) Also q1 → f0 (line 6)')
  expect(stdout).toContain('The command below, under')
  expect(stdout.match(/--policy-name sqs-trigger-q0/g)).toHaveLength(1)
})

test('a dry run lists the calls that would be made, and no others', async () => {
  const run = running(await startFleet(1))
  const text = `${fileOf(1)}\n  - {queue: nowhere, function: f0}\n`
  const calls = async (...flags: readonly string[]) =>
    (
      JSON.parse((await run(text, ['apply', '--dry-run', '--json', ...flags])).stdout).result
        .calls as unknown[]
    ).length
  expect(await calls()).toBe(0)
  expect(await calls('--keep-going')).toBe(1)
})

test('each tag that is set names its mapping', async () => {
  const scene = await startFleet(2)
  const run = running(scene)
  expect((await run(fileOf(2), ['apply', '--yes', '--no-wait'])).code).toBe(0)
  const { mappings } = scene.sandbox.world.eventSources
  for (const [uuid, mapping] of mappings) mappings.set(uuid, { ...mapping, tags: {} })
  const { stderr } = await run(fileOf(2), ['apply', '--adopt', '--yes', '--no-wait'])
  for (const uuid of mappings.keys())
    expect(stderr).toContain(`Set tag sqs-trigger:manifest of mapping ${uuid}`)
})

test('a mapping of another file: status says whose it is, and what the error says hands it over', async () => {
  const scene = await startFleet(1)
  const { endpoint, region, credentials, world } = scene.sandbox
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'never-verified',
  }
  const run = running(scene)
  await run(fileOf(1), ['apply', '--yes', '--no-wait'])
  await scene.sandbox.advance(60_000)
  const [uuid = ''] = world.eventSources.mappings.keys()
  const status = await runHere(['status', uuid], env)
  expect(status.stdout).toMatch(
    /\n {2}Mapping tags +sqs-trigger:manifest=shop\n {2}Belongs to +the file named shop\n/,
  )
  const { result } = JSON.parse((await runHere(['status', uuid, '--json'], env)).stdout)
  expect(result).toMatchObject({
    mappingTags: { 'sqs-trigger:manifest': 'shop' },
    owner: 'the file named shop',
  })
  const other = fileOf(1, 1, 'batch-size: 9').replace('name: shop', 'name: other')
  const refused = await run(other, ['plan'])
  expect(refused.code).toBe(7)
  const untag = `update ${uuid} --untag sqs-trigger:manifest`
  expect(refused.stderr.replaceAll('\\ ', '')).toContain(
    `take it out of that file, then: sqs-trigger ${untag}`,
  )
  expect((await runHere([...untag.split(' '), '--yes', '--no-wait'], env)).code).toBe(0)
  expect((await run(other, ['apply', '--adopt', '--yes', '--no-wait'])).code).toBe(0)
  expect(scene.mappings()).toEqual(['q0 f0 9 {"sqs-trigger:manifest":"other"}'])
})
