import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { applyFleet, type FleetApplyOptions } from '../../src/fleet/apply-fleet.js'
import type { FleetPlan, FleetResult } from '../../src/fleet/fleet-plan.js'
import { readManifest } from '../../src/fleet/manifest/read-manifest.js'
import type { Manifest } from '../../src/fleet/manifest.js'
import { planFleet } from '../../src/fleet/plan-fleet.js'
import type { FleetOptions } from '../../src/fleet/planning.js'
import type { OperationEvent } from '../../src/operations/events.js'
import { runToEnd } from '../../src/operations/run-to-end.js'
import type { Session } from '../../src/operations/session.js'
import { rules } from '../../src/preflight/rules/index.js'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { executionRoleSeed, pollingPolicySeed, queueSeed } from '../../src/sandbox/seeds.js'
import { sessionOf } from '../preflight/preflight-world.js'
import { ordinaryHandler } from '../support/journey.js'
import { movingClock, startTestSandbox, type TestSandbox } from '../support/sandbox.js'

export interface FleetScene {
  readonly sandbox: TestSandbox
  readonly session: Session
  plan(text: string | Manifest, options?: FleetOptions): Promise<FleetPlan>
  apply(plan: FleetPlan, options?: FleetApplyOptions, session?: Session): Promise<FleetResult>
  /** Warnings of the last plan or apply. */
  warnings(): readonly string[]
  /** Every mapping of the account: queue, function, batch size and tags. */
  mappings(): readonly string[]
}

/** Queues `q0` … and functions `f0` …, all of which may be wired. Sleeping moves the clock of the sandbox. */
export async function startFleet(queues: number, functions = 1, accessKeyId?: string): Promise<FleetScene> {
  const sandbox = await startTestSandbox()
  const { world, region } = sandbox
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-fleet-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'handler.mjs')
  writeFileSync(file, ordinaryHandler)
  await sandbox.seed([
    executionRoleSeed('worker-role'),
    pollingPolicySeed('worker-role', world.partition),
    ...Array.from({ length: queues }, (_, index) => queueSeed({ name: `q${index}` })),
  ])
  for (let index = 0; index < functions; index++) {
    const roleArn = `arn:aws:iam::${world.account}:role/worker-role`
    addFunctionFromFile(world, { name: `f${index}`, file, region, roleArn, timeoutSeconds: 5 })
  }
  const session = { ...(await sessionOf(sandbox, accessKeyId)), clock: movingClock(sandbox) }
  let told: readonly string[] = []
  const listening = (event: OperationEvent) => {
    if (event.type === 'warning') told = [...told, event.message]
  }
  return {
    sandbox,
    session,
    plan: (given, options = {}) => {
      told = []
      return runToEnd(
        planFleet(typeof given === 'string' ? manifest(given) : given, options, session),
        listening,
      )
    },
    apply: (plan, options = {}, other = session) => {
      told = []
      return runToEnd(applyFleet(plan, options, other), listening)
    },
    warnings: () => told,
    mappings: () =>
      [...world.eventSources.mappings.values()].map(({ queueArn, functionArn, settings, tags }) => {
        const ends = [queueArn, functionArn].map((arn) => arn.split(':').at(-1)).join(' ')
        return `${ends} ${settings.batchSize} ${JSON.stringify(tags)}`
      }),
  }
}

const manifest = (text: string): Manifest =>
  readManifest({ file: 'sqs-trigger.yaml', text }, undefined, rules)

/** The file that wires each queue to a function in turn. */
export const fileOf = (queues: number, functions = 1, more = 'batch-size: 7') =>
  [
    'name: shop',
    'settings:',
    `  ${more}`,
    'triggers:',
    ...Array.from(
      { length: queues },
      (_, index) => `  - {queue: q${index}, function: f${index % functions}}`,
    ),
  ].join('\n')

/** How each step is called. */
export const actionsOf = ({ steps }: FleetPlan) =>
  steps.map(({ action, queueArn }) => `${action} ${queueArn.split(':').at(-1)}`)
