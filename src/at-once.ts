import { connect } from './connect.js'
import type { ConnectSettings } from './connection.js'
import type { OperationEvent } from './operations/events.js'
import type { WireInput, WireOptions } from './operations/requests.js'
import type { PreflightReport, WireResult } from './operations/results.js'
import { runToEnd } from './operations/run-to-end.js'

/** How to reach AWS, and who is told of the events as they come. */
export interface CallSettings extends ConnectSettings {
  /** Default: nobody. */
  readonly onEvent?: (event: OperationEvent) => void
}

/**
 * Reads and judges one queue and one function, over a connection of its own; changes nothing. Programs that do more
 * than one thing `connect` once.
 * @throws SqsTriggerError as `connect` and `Connection.preflight`
 */
export async function preflight(
  request: WireInput,
  { onEvent, ...settings }: CallSettings = {},
): Promise<PreflightReport> {
  return runToEnd((await connect(settings)).preflight(request), onEvent)
}

/**
 * Connects a queue to a function, over a connection of its own: preflight, mapping, wait, and the test message if
 * `request.sendTest` is true (the function then really runs).
 * @throws SqsTriggerError as `connect` and `Connection.wire`
 */
export async function wire(
  request: WireInput,
  { onEvent, ...settings }: CallSettings = {},
  options: WireOptions = {},
): Promise<WireResult> {
  return runToEnd((await connect(settings)).wire(request, options), onEvent)
}
