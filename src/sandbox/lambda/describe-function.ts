import type { World } from '../world.js'
import { revisionId, type ShownState, shownState } from './function-state.js'
import type { FunctionVersion, LambdaFunction } from './state.js'

type Shown = Readonly<Record<string, unknown>>

/**
 * FunctionConfiguration as recorded from GetFunctionConfiguration. `state` overrides what follows from the time
 * (the answers of CreateFunction and of updates show the state at their beginning).
 */
export function functionConfiguration(
  world: World,
  fn: LambdaFunction,
  version: FunctionVersion,
  options: { readonly arn?: string; readonly state?: ShownState } = {},
): Shown {
  const now = world.clock.now()
  return {
    ...listedConfiguration(world, fn, version, options.arn),
    RevisionId: options.state ? version.revisionIds.underWay : revisionId(version, now),
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(world, fn.region) },
    ...(options.state ?? shownState(version, now)),
  }
}

/** The shorter form of lists: no state, no runtime version. */
export function listedConfiguration(
  world: World,
  fn: LambdaFunction,
  version: FunctionVersion,
  arn = version.version === '$LATEST' ? fn.arn : `${fn.arn}:${version.version}`,
): Shown {
  const { settings, code } = version
  return {
    FunctionName: fn.name,
    FunctionArn: arn,
    Runtime: settings.runtime,
    Role: settings.roleArn,
    Handler: settings.handler,
    CodeSize: code.size,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    LastModified: new Date(version.lastModified).toISOString().replace('Z', '+0000'),
    CodeSha256: code.sha256,
    Version: version.version,
    ...(settings.environment ? { Environment: { Variables: settings.environment } } : {}),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: revisionId(version, world.clock.now()),
    PackageType: 'Zip',
    Architectures: settings.architectures,
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: {
      LogFormat: settings.logging.format,
      ...(settings.logging.applicationLevel
        ? { ApplicationLogLevel: settings.logging.applicationLevel }
        : {}),
      ...(settings.logging.systemLevel ? { SystemLogLevel: settings.logging.systemLevel } : {}),
      LogGroup: settings.logging.group,
    },
    ...settings.shown,
  }
}

/** A made-up version of the runtime: handlers run on the Node.js that runs the sandbox. */
export const runtimeVersionArn = (world: World, region: string): string =>
  `arn:${world.partition}:lambda:${region}::runtime:${'0'.repeat(64)}`
