import { AwsFault } from '../aws-fault.js'
import { isPending, isUpdating } from './function-state.js'
import type { LambdaFunction } from './state.js'

/** Throws ResourceConflictException for a function that is still being made or updated. */
export function refuseBusy({ latest, arn }: LambdaFunction, now: number): void {
  if (isPending(latest, now)) {
    throw conflict('The function is currently in the following state: Pending', false)
  }
  if (isUpdating(latest, now)) throw conflict(`An update is in progress for resource: ${arn}`, true)
}

function conflict(reason: string, recorded: boolean): AwsFault {
  return new AwsFault(
    'ResourceConflictException',
    `The operation cannot be performed at this time. ${reason}`,
    { status: 409, recorded },
  )
}
