import { decide } from '../authorize.js'
import { appendLogEvents } from '../logs/append-log-events.js'
import { lookUpGroup, streamResource } from '../logs/log-group.js'
import type { SandboxPrincipal } from '../principal.js'
import type { World } from '../world.js'
import type { LambdaFunction, LogWriter } from './state.js'

const tailBytes = 4096

/** More than the handler's process lets out in one invocation: what reaches beyond comes around it. */
const writtenBytes = 2 * 1024 * 1024

/**
 * Writes to CloudWatch Logs with the execution role's rights, as Lambda does: without them the function runs all
 * the same, and its lines are lost.
 */
export function createLogWriter(
  world: World,
  fn: LambdaFunction,
  principal: SandboxPrincipal,
  groupName: string,
  streamName: string,
): LogWriter {
  const group = { account: fn.account, region: fn.region, name: groupName }
  let allowed: boolean | undefined
  let written = 0
  let tail = Buffer.alloc(0)

  const may = (action: string, resource: string) =>
    decide(world, principal, { action, resource }, fn.region).verdict === 'allowed'

  const mayWrite = () => {
    const known = lookUpGroup(world, group)
    const stream = streamResource(world, group, streamName)
    return (
      (known !== undefined || may('logs:CreateLogGroup', streamResource(world, group))) &&
      (known?.streams.has(streamName) || may('logs:CreateLogStream', stream)) &&
      may('logs:PutLogEvents', stream)
    )
  }

  return {
    begin: () => {
      allowed = undefined
      written = 0
      tail = Buffer.alloc(0)
    },
    write: (lines) => {
      for (const message of lines) {
        tail = Buffer.concat([tail, Buffer.from(message).subarray(-tailBytes)]).subarray(-tailBytes)
        if (written > writtenBytes) continue
        written += message.length
        allowed ??= mayWrite()
        const kept = written > writtenBytes ? '[sqs-trigger sandbox] further output is not kept\n' : message
        if (allowed) {
          appendLogEvents(world, group, streamName, [{ timestamp: world.clock.now(), message: kept }])
        }
      }
    },
    tail: () => tail.toString(),
  }
}
