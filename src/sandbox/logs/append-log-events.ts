import type { World } from '../world.js'
import { ensureGroup, ensureStream, type LogGroupAddress } from './log-group.js'
import { keptBytes, type LogEvent, type LogStream, sizeOf } from './state.js'

export interface NewLogEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly message: string
}

/** Writes events whoever asks: group and stream are made on the way. Permissions are the caller's business. */
export function appendLogEvents(
  world: World,
  group: LogGroupAddress,
  streamName: string,
  events: readonly NewLogEvent[],
): void {
  addEvents(world, ensureStream(world, ensureGroup(world, group), streamName), events)
}

/** Adds events to a stream in their place, and lets the oldest go where the stream grows too big. */
export function addEvents(world: World, stream: LogStream, events: readonly NewLogEvent[]): void {
  for (const { timestamp, message } of events) {
    world.logs.lastSequence += 1
    insert(stream.events, {
      sequence: world.logs.lastSequence,
      timestamp,
      ingestionTime: world.clock.now(),
      message,
    })
    stream.bytes += sizeOf(message)
  }
  if (stream.bytes > keptBytes) dropOldest(stream)
}

/** Makes more room than is needed at once, so that a chatty stream is not cut with every event. */
function dropOldest(stream: LogStream): void {
  let count = 0
  for (const { message } of stream.events) {
    if (stream.bytes <= keptBytes * 0.9 || count === stream.events.length - 1) break
    stream.bytes -= sizeOf(message)
    count += 1
  }
  stream.events.splice(0, count)
}

/** Nearly every event is the newest, so the place is sought from the end. */
function insert(events: LogEvent[], event: LogEvent): void {
  let place = events.length
  while (place > 0 && (events[place - 1]?.timestamp ?? 0) > event.timestamp) place -= 1
  events.splice(place, 0, event)
}
