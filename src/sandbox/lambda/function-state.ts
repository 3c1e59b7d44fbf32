import type { FunctionVersion, LambdaFunction } from './state.js'

/** State and update status as FunctionConfiguration shows them. */
export interface ShownState {
  readonly State: string
  readonly StateReason?: string
  readonly StateReasonCode?: string
  readonly LastUpdateStatus?: string
  readonly LastUpdateStatusReason?: string
  readonly LastUpdateStatusReasonCode?: string
}

const beingCreated = 'The function is being created.'

export const isPending = (version: FunctionVersion, now: number): boolean => now < version.activeAt

export const isUpdating = (version: FunctionVersion, now: number): boolean =>
  version.updatedAt !== undefined && now < version.updatedAt

/**
 * An inactive function is made ready by the first call, which fails.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export function wake(fn: LambdaFunction, version: FunctionVersion, activeAt: number): void {
  const { forcedState: _, ...asleep } = version
  const awake = { ...asleep, activeAt }
  if (version === fn.latest) fn.latest = awake
  else fn.versions.set(version.version, awake)
}

/** The states follow from the time, so that nothing has to wake up for them. */
export function shownState(version: FunctionVersion, now: number): ShownState {
  const { forcedState } = version
  if (forcedState) {
    return {
      State: forcedState.state,
      ...(forcedState.reason === undefined ? {} : { StateReason: forcedState.reason }),
      ...(forcedState.reasonCode === undefined ? {} : { StateReasonCode: forcedState.reasonCode }),
      LastUpdateStatus: 'Successful',
    }
  }
  return isPending(version, now)
    ? pendingState
    : isUpdating(version, now)
      ? updatingState
      : { State: 'Active', LastUpdateStatus: 'Successful' }
}

/** As the answer of CreateFunction shows it, however soon the function becomes active. */
export const pendingState: ShownState = {
  State: 'Pending',
  StateReason: beingCreated,
  StateReasonCode: 'Creating',
}

/** As the answer of an update shows it; AWS really gives the same reason as for a new function. */
export const updatingState: ShownState = {
  State: 'Active',
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: beingCreated,
  LastUpdateStatusReasonCode: 'Creating',
}

export const revisionId = (version: FunctionVersion, now: number): string =>
  isPending(version, now) || isUpdating(version, now)
    ? version.revisionIds.underWay
    : version.revisionIds.settled
