import { describe, expect, it } from 'vitest'
import { rules } from '../../src/preflight/rules/index.js'
import { account, region } from '../preflight/preflight-world.js'
import { build, type Scenario } from '../preflight/scenario.js'
import { sqsTrigger } from '../support/run-command.js'
import type { TestSandbox } from '../support/sandbox.js'
import type { ErrorWorld } from './error-worlds.js'
import { callerWorlds } from './error-worlds-caller.js'
import { functionWorlds } from './error-worlds-function.js'
import { mappingWorlds } from './error-worlds-mapping.js'
import { placementWorlds } from './error-worlds-placement.js'
import { queueWorlds } from './error-worlds-queue.js'

const worlds: readonly ErrorWorld[] = [
  ...callerWorlds,
  ...placementWorlds,
  ...queueWorlds,
  ...functionWorlds,
  ...mappingWorlds,
]

interface Told {
  readonly ok: boolean
  readonly exitCode: number
  readonly command: string
  readonly changed: readonly unknown[]
  readonly error: { readonly code: string; readonly message: string } | null
  readonly findings: readonly {
    readonly rule: string
    readonly severity: string
    readonly status: string
    readonly message: string
  }[]
}

interface Open {
  readonly sandbox: TestSandbox
  /** Runs the built command as the caller of the scenario. */
  json(...args: readonly string[]): Promise<{
    readonly code: number | null
    readonly told: Told
    readonly stderr: string
    /** Calls that changed something or sent a message, as `lambda:CreateEventSourceMapping`. */
    readonly changes: readonly string[]
  }>
}

async function open(scenario: Scenario, as?: string): Promise<Open> {
  const { sandbox, session } = await build(scenario)
  const { accessKeyId, secretAccessKey, sessionToken } = await session.clients.lambda.config.credentials()
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: as ?? accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  }
  return {
    sandbox,
    json: async (...args) => {
      const before = sandbox.calls().length
      const { code, stdout, stderr } = await sqsTrigger([...args, '--json'], { env })
      const changes = sandbox
        .calls()
        .slice(before)
        .filter(({ operation }) => !/^(Get|List|Describe|Simulate)/.test(operation))
        .map(({ service, operation }) => `${service}:${operation}`)
      return { code, told: JSON.parse(stdout), stderr, changes }
    },
  }
}

/** One failure for the one cause, told well, and nothing changed. */
async function expectObjection(
  { sandbox, json }: Open,
  { rule, message }: ErrorWorld,
  code: number,
  args: readonly string[],
): Promise<void> {
  const mappings = sandbox.world.eventSources.mappings.size
  const { code: exit, told, stderr, changes } = await json(...args)
  const failing = told.findings.filter(({ status }) => status === 'fail')
  expect({ exit, failing: failing.map((finding) => finding.rule), told }).toMatchObject({
    exit: code,
    failing: [rule],
    told: { ok: false, exitCode: code, command: args[0], changed: [] },
  })
  expect(failing[0]).toMatchObject({
    severity: 'error',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
  expect(told.error?.message).toMatch(/\w/)
  // It is wrapped to the width of a terminal.
  expect(stderr.replace(/\s+/g, ' ')).toContain(told.error?.message)
  expect(changes).toEqual([])
  expect(sandbox.world.eventSources.mappings.size).toBe(mappings)
}

describe('every rule of severity error', () => {
  it.each(worlds.map((world) => [world.rule, world.when ?? 'one cause', world] as const))(
    '%s: %s',
    async (rule, _, world) => {
      const { args = ['orders', 'worker'], wireArgs, code = 3, wireCode = code, mended } = world
      const opened = await open(world.scenario, world.as)
      if (wireArgs === undefined) await expectObjection(opened, world, code, ['preflight', ...args])
      await expectObjection(opened, world, wireCode, ['wire', ...args, ...(wireArgs ?? []), '--yes'])
      if (mended === undefined) return
      await mended.by?.(opened.sandbox)
      const { json } = mended.scenario === undefined ? opened : await open(mended.scenario)
      const asked = mended.args ?? args
      const { code: exit, told } =
        wireArgs === undefined
          ? await json('preflight', ...asked)
          : await json('wire', ...asked, ...(mended.wireArgs ?? wireArgs), '--dry-run')
      expect({ exit, told }).toMatchObject({ exit: 0, told: { ok: true, exitCode: 0, error: null } })
      expect(told.findings.find((finding) => finding.rule === rule)?.status).toBe(mended.status ?? 'pass')
    },
  )
})

/** What no call is made for: the command line itself refuses it. */
const refusedUnasked: readonly (readonly [rule: string, args: readonly string[], message: RegExp])[] = [
  ['not-an-sqs-queue', [`arn:aws:kinesis:${region}:${account}:stream/orders`, 'worker'], /stream\/orders/],
  ['batch-size-out-of-range', ['orders', 'worker', '--batch-size', '0'], /--batch-size/],
  ['batch-size-out-of-range', ['orders', 'worker', '--batch-size', '10001'], /--batch-size/],
  ['window-out-of-range', ['orders', 'worker', '--batch-window', '301'], /--batch-window/],
  ['maximum-concurrency-out-of-range', ['orders', 'worker', '--max-concurrency', '1'], /--max-concurrency/],
  ['pollers-out-of-range', ['orders', 'worker', '--minimum-pollers', '1'], /--minimum-pollers/],
  ['pollers-out-of-range', ['orders', 'worker', '--maximum-pollers', '1'], /--maximum-pollers/],
  [
    'pollers-out-of-range',
    ['orders', 'worker', '--minimum-pollers', '9', '--maximum-pollers', '8'],
    /--minimum-pollers 9 and --maximum-pollers 8/,
  ],
]

/** Rules that no journey shows, each with the reason. */
const notShown: Readonly<Record<string, string>> = {}

it.each(['preflight', 'wire'])('%s refuses without a call what can never be right', async (command) => {
  const { sandbox, json } = await open({})
  for (const [rule, args, message] of refusedUnasked) {
    const before = sandbox.calls().length
    const { code, told, stderr } = await json(command, ...args, ...(command === 'wire' ? ['--yes'] : []))
    expect({ rule, code, told }).toMatchObject({
      code: 2,
      told: { ok: false, exitCode: 2, command, changed: [], findings: [], error: { code: 'USAGE' } },
    })
    expect(told.error?.message).toMatch(message)
    expect(stderr.replace(/\s+/g, ' ')).toContain(told.error?.message)
    expect(sandbox.calls().length).toBe(before)
  }
})

it('none is forgotten', () => {
  const errors = rules.filter(({ severity }) => severity === 'error').map(({ slug }) => slug)
  const shown = [...worlds.map(({ rule }) => rule), ...refusedUnasked.map(([rule]) => rule)]
  expect([...new Set([...shown, ...Object.keys(notShown)])].toSorted()).toEqual(errors.toSorted())
  expect(shown.filter((rule) => rule in notShown)).toEqual([])
  const refused = rules.filter(({ refusedBy }) => refusedBy !== undefined).map(({ slug }) => slug)
  expect([...new Set(refusedUnasked.map(([rule]) => rule))].toSorted()).toEqual(refused.toSorted())
})
