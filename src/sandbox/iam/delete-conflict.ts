import { AwsFault } from '../aws-fault.js'
import type { PolicyHolder } from './state.js'

/** IAM deletes nobody who still has policies. */
export function refuseWhileHolding(holder: PolicyHolder): void {
  if (holder.attached.size > 0)
    throw deleteConflict('Cannot delete entity, must detach all policies first.', true)
  if (holder.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.', true)
}

export const deleteConflict = (message: string, recorded = false) =>
  new AwsFault('DeleteConflict', message, { status: 409, recorded })
