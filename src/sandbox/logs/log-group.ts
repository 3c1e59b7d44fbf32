import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import type { World } from '../world.js'
import { keptStreams, type LogGroup, type LogStream } from './state.js'

/** Where a log group lives. */
export interface LogGroupAddress {
  readonly account: string
  readonly region: string
  readonly name: string
}

function groupArn(world: World, { account, region, name }: LogGroupAddress): string {
  return `arn:${world.partition}:logs:${region}:${account}:log-group:${name}`
}

/** The resource of a permission: live requests show `:log-stream:` behind the group, also where no stream is meant. */
export const streamResource = (world: World, group: LogGroupAddress, stream = ''): string =>
  `${groupArn(world, group)}:log-stream:${stream}`

/** The group of the caller's account and Region. */
export const addressOf = (call: Call, name: string): LogGroupAddress => ({
  account: call.principal.account,
  region: call.region,
  name,
})

export function lookUpGroup(world: World, address: LogGroupAddress): LogGroup | undefined {
  return world.logs.groups.get(groupArn(world, address))
}

/** Throws ResourceNotFoundException, as AWS words it. */
export function findGroup(world: World, address: LogGroupAddress): LogGroup {
  const group = lookUpGroup(world, address)
  if (!group) throw new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}

/** Throws ResourceNotFoundException, as AWS words it. */
export function findStream(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name)
  if (!stream)
    throw new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.', {
      recorded: false,
    })
  return stream
}

/** Makes the group unless it is there. */
export function ensureGroup(world: World, address: LogGroupAddress): LogGroup {
  const known = lookUpGroup(world, address)
  if (known) return known
  const group: LogGroup = {
    ...address,
    arn: groupArn(world, address),
    createdAt: world.clock.now(),
    streams: new Map(),
    retentionDays: undefined,
  }
  world.logs.groups.set(group.arn, group)
  return group
}

/** Makes the stream unless it is there; a group keeps a bounded number, the newest. */
export function ensureStream(world: World, group: LogGroup, name: string): LogStream {
  const known = group.streams.get(name)
  if (known) return known
  const arn = `${group.arn}:log-stream:${name}`
  const stream: LogStream = { name, arn, createdAt: world.clock.now(), events: [], bytes: 0 }
  group.streams.set(name, stream)
  const [oldest] = group.streams.keys()
  if (group.streams.size > keptStreams && oldest !== undefined) group.streams.delete(oldest)
  return stream
}
