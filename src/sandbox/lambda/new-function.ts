import { randomUUID } from 'node:crypto'
import type { World } from '../world.js'
import type { FunctionSettings } from './settings.js'
import type { FunctionCode, FunctionVersion, LambdaFunction } from './state.js'

export interface NewFunction {
  readonly name: string
  readonly account: string
  readonly region: string
  readonly code: FunctionCode
  readonly settings: FunctionSettings
  readonly tags?: ReadonlyMap<string, string>
  /** Milliseconds from now until it is Active. */
  readonly activationMs: number
}

/** Adds a function to the sandbox. Its name must be free. */
export function addFunction(world: World, given: NewFunction): LambdaFunction {
  const { name, account, region, code, settings } = given
  const now = world.clock.now()
  const fn: LambdaFunction = {
    name,
    arn: functionArn(world, given),
    account,
    region,
    tags: new Map(given.tags),
    latest: {
      version: '$LATEST',
      code,
      settings,
      lastModified: now,
      activeAt: now + given.activationMs,
      updatedAt: undefined,
      revisionIds: newRevision(),
    },
    versions: new Map(),
    lastVersion: 0,
    aliases: new Map(),
    reservedConcurrency: undefined,
    recursiveLoop: 'Terminate',
  }
  world.lambda.functions.set(fn.arn, fn)
  return fn
}

function functionArn(
  world: World,
  { region, account, name }: { readonly region: string; readonly account: string; readonly name: string },
): string {
  return `arn:${world.partition}:lambda:${region}:${account}:function:${name}`
}

export const newRevision = (): FunctionVersion['revisionIds'] => ({
  underWay: randomUUID(),
  settled: randomUUID(),
})
