import { randomBytes } from 'node:crypto'
import { issueAccessKey, roleSession } from '../iam/access-keys.js'
import type { World } from '../world.js'
import { runtimeVersionArn } from './describe-function.js'
import { environmentVariables } from './environment-variables.js'
import { ExecutionEnvironment } from './execution-environment.js'
import { handlerLine, jsonLines, textLines } from './log-lines.js'
import { createLogWriter } from './log-writer.js'
import type { FunctionVersion, LambdaFunction, Place } from './state.js'
import type { UnpackedCode } from './unpacked-code.js'

const logBytes = 1024 * 1024
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, as the error text gives it. */
export const responseBytes = 6_291_556
/** As long as a role session may last at most; environments live shorter. */
const sessionSeconds = 12 * 60 * 60

export function openPlace(
  world: World,
  fn: LambdaFunction,
  version: FunctionVersion,
  code: UnpackedCode,
): Place {
  const { settings } = version
  const { logging } = settings
  const logStream = streamName(world.clock.now(), fn.name, version.version, logging.group)
  const principal = roleSession(world, settings.roleArn, fn.name)
  const key = issueAccessKey(world, principal, sessionSeconds)
  const log = createLogWriter(world, fn, principal, logging.group, logStream)
  const now = () => new Date(world.clock.now()).toISOString()
  const environment = new ExecutionEnvironment({
    start: {
      kind: 'start',
      root: code.root,
      ...(code.file === undefined ? {} : { file: code.file }),
      handler: settings.handler,
      logFormat: logging.format,
      logLevel: logging.applicationLevel ?? 'INFO',
      logBytes,
      responseBytes,
    },
    variables: environmentVariables(world, fn, version, { taskRoot: code.root, logStream, key }),
    memoryMb: settings.memoryMb,
    onLine: (line) => log.write([handlerLine(now(), line, logBytes)]),
  })
  return {
    environment,
    version,
    stamp: code.stamp,
    log,
    lines: logging.format === 'JSON' ? jsonLines(now, logging.systemLevel) : textLines,
    runtime: {
      name: settings.runtime,
      versionArn: runtimeVersionArn(world, fn.region),
      functionName: fn.name,
      functionVersion: version.version,
    },
    startedAt: performance.now(),
    retirement: undefined,
    warm: false,
    close: async () => {
      world.iam.accessKeys.delete(key.id)
      await environment.kill()
    },
  }
}

/** In a group of one's own the name of the function comes first. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html */
function streamName(now: number, name: string, version: string, group: string): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')
  const owner = group === `/aws/lambda/${name}` ? '' : name
  return `${day}/${owner}[${version}]${randomBytes(16).toString('hex')}`
}
