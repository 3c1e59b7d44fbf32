import { beforeAll, expect, test } from 'vitest'
import type { Service } from '../../../src/sandbox/define-action.js'
import type { FaultEffect } from '../../../src/sandbox/faults.js'
import type { SandboxOptions } from '../../../src/sandbox/start-sandbox.js'
import { baselineOf, comesTo } from './cell.js'
import { matrixCommands } from './commands.js'
import type { NumberedCall } from './numbered-calls.js'
import { openStage, type Stage } from './stage.js'
import { runMoved, runTogether } from './way.js'

const wire = ['wire', 'plain', 'reader', '--fix', '--dead-letter-queue', '--send-test', '--yes']
const call = (service: Service, operation: string): NumberedCall => ({
  service,
  operation,
  occurrence: 1,
})

/** Opens a stage, and closes it whatever comes of it. */
async function onStage(act: (stage: Stage) => Promise<void>, options: SandboxOptions = {}) {
  const stage = await openStage(options)
  try {
    await act(stage)
  } finally {
    await stage.close()
  }
}

/** What the command comes to where nothing is in its way. */
let wholeEnd: readonly string[] = []
beforeAll(async () => {
  const command = matrixCommands.find(({ name }) => name === 'wire')
  if (command !== undefined) wholeEnd = (await baselineOf(command)).end
})

test('services go by the former policies of a role for a while', () =>
  onStage(
    async (stage) => {
      const { code, elapsedMs } = await runMoved(stage, wire)
      expect(code).toBe(0)
      expect(elapsedMs).toBeGreaterThan(20_000)
      expect(await comesTo(stage)).toEqual(wholeEnd)
    },
    { iamLagMs: 20_000 },
  ))

test('the attributes of a queue are a minute old', () =>
  onStage(async (stage) => {
    const { world } = stage.sandbox
    const queue = world.sqs.queues.get(stage.arn('plain'))
    if (queue === undefined) throw new Error('the stage has no queue')
    let seen = queue.settings
    let latest = queue.settings
    Object.defineProperty(queue, 'settings', {
      get: () => seen,
      set: (given: typeof latest) => {
        const changed = [...given].filter(([name, value]) => seen.get(name) !== value)
        latest = new Map([...latest, ...changed])
        const shown = latest
        world.clock.after(60_000, () => {
          seen = shown
        })
      },
    })
    const first = await runMoved(stage, wire)
    const changed: readonly { readonly type: string }[] = JSON.parse(first.stdout).changed
    expect([first.code, JSON.parse(first.stdout).error]).toEqual([0, null])
    expect(new Set(changed.map(({ type }) => type))).toContain('queue-attributes')
    await stage.sandbox.advance(60_000)
    const again = await runMoved(stage, wire)
    expect(again.code).toBe(0)
    expect(await comesTo(stage)).toEqual(wholeEnd)
  }))

test('a mapping that was just made is not found for a while', () =>
  onStage(async (stage) => {
    const { clock } = stage.sandbox.world
    let from: number | undefined
    const effect = (): FaultEffect | undefined => {
      from ??= clock.now()
      if (clock.now() - from > 7_000) return undefined
      const message = 'The resource you requested does not exist.'
      return { kind: 'error', code: 'ResourceNotFoundException', message, status: 404 }
    }
    stage.calls.begin({ call: call('lambda', 'GetEventSourceMapping'), reach: 'kind', effect })
    const { code } = await runMoved(stage, wire)
    expect(code).toBe(0)
    expect(stage.calls.hits()).toBeGreaterThan(2)
    expect(await comesTo(stage)).toEqual(wholeEnd)
  }))

test('a stack is asked about too often for a while: its wait goes on', () =>
  onStage(async (stage) => {
    const { clock } = stage.sandbox.world
    const until = clock.now() + 20_000
    const effect = (): FaultEffect | undefined => (clock.now() < until ? { kind: 'throttle' } : undefined)
    stage.calls.begin({ call: call('cloudformation', 'DescribeStackEvents'), reach: 'kind', effect })
    const { code, stdout } = await runMoved(stage, ['quickstart', '--no-send-test', '--yes'])
    const { error, result, warnings } = JSON.parse(stdout)
    expect([code, error, result.outcome]).toEqual([0, null, 'created'])
    expect(JSON.stringify(warnings)).toContain('too often')
  }))

test.each([240_000, -240_000])('the clock of this machine is wrong by %i ms', (skewMs) =>
  onStage(async (stage) => {
    const effect = (): FaultEffect => ({ kind: 'reset', when: 'after' })
    stage.calls.begin({ call: call('lambda', 'CreateEventSourceMapping'), reach: 'once', effect })
    const { code, stdout } = await runMoved(stage, wire, skewMs)
    const { error, changed } = JSON.parse(stdout)
    expect([code, error]).toEqual([0, null])
    expect(changed).toContainEqual(
      expect.objectContaining({ type: 'event-source-mapping', action: 'create' }),
    )
    expect(await comesTo(stage)).toEqual(wholeEnd)
  }),
)

test.each([240_000, -240_000])('so of a move whose answer is lost, by %i ms', (skewMs) =>
  onStage(async (stage) => {
    const command = matrixCommands.find(({ name }) => name === 'redrive')
    if (command === undefined) throw new Error('there is no redrive')
    await command.prepare(stage)
    const effect = (): FaultEffect => ({ kind: 'reset', when: 'after' })
    stage.calls.begin({ call: call('sqs', 'StartMessageMoveTask'), reach: 'once', effect })
    const { code, stdout } = await runMoved(stage, command.args(stage), skewMs)
    const { error, changed } = JSON.parse(stdout)
    expect([code, error]).toEqual([0, null])
    expect(changed).toContainEqual(expect.objectContaining({ type: 'message-move', action: 'start' }))
  }),
)

test('somebody deletes the mapping during the wait: told, and made again by the same command', () =>
  onStage(async (stage) => {
    const { sandbox, calls } = stage
    const effect = () => {
      const { mappings, transitions } = sandbox.world.eventSources
      const [uuid = ''] = [...mappings.keys()].slice(-1)
      transitions.get(uuid)?.cancel()
      mappings.delete(uuid)
      return undefined
    }
    calls.begin({ call: call('lambda', 'GetEventSourceMapping'), reach: 'once', effect })
    const { code, stdout } = await runMoved(stage, wire)
    expect([code, JSON.parse(stdout).error?.code]).toEqual([5, 'MAPPING_NOT_FOUND'])
    await sandbox.advance(10_000)
    calls.begin()
    expect((await runMoved(stage, wire)).code).toBe(0)
    expect(await comesTo(stage)).toEqual(wholeEnd)
  }))

test('somebody changes the mapping during the wait: what is told is what is there', () =>
  onStage(async (stage) => {
    const { sandbox, calls } = stage
    const effect = () => {
      const { mappings } = sandbox.world.eventSources
      const [made] = [...mappings.values()].slice(-1)
      if (made) mappings.set(made.uuid, { ...made, settings: { ...made.settings, batchSize: 3 } })
      return undefined
    }
    calls.begin({ call: call('lambda', 'GetEventSourceMapping'), reach: 'once', effect })
    const { code, stdout } = await runMoved(stage, [...wire, '--batch-size', '10'])
    const { result } = JSON.parse(stdout)
    expect([code, result.mapping.batchSize]).toEqual([0, 3])
    const again = await runMoved(stage, [...wire, '--batch-size', '10'])
    expect([again.code, JSON.parse(again.stdout).error.code]).toEqual([7, 'MAPPING_DIFFERS'])
  }))

test('two runs at once make one mapping, and one policy', () =>
  onStage(async (stage) => {
    const ran = await runTogether(stage, [wire, wire])
    // Where one meets a change of the other, it says so and makes none.
    for (const { code } of ran) expect([0, 7]).toContain(code)
    expect(ran.map(({ code }) => code)).toContain(0)
    const made = ran.flatMap(
      ({ stdout }) => JSON.parse(stdout).changed as readonly { readonly type: string }[],
    )
    expect(made.filter(({ type }) => type === 'event-source-mapping')).toHaveLength(1)
    expect((await runMoved(stage, wire)).code).toBe(0)
    expect(await comesTo(stage)).toEqual(wholeEnd)
  }))

test('a dead-letter queue that could not be made is what is told, not how the command was typed', () =>
  onStage(async (stage) => {
    const third = { ...call('sqs', 'GetQueueAttributes'), occurrence: 3 }
    stage.calls.begin({ call: third, reach: 'once', effect: () => ({ kind: 'html' }) })
    const { code, stdout } = await runMoved(stage, wire)
    expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'FIX_REFUSED'])
    expect((await runMoved(stage, wire)).code).toBe(0)
  }))
