import { AwsFault } from '../aws-fault.js'
import { revisionId } from './function-state.js'
import type { FunctionVersion } from './state.js'

/** Throws PreconditionFailedException when the caller has seen another revision than the present one. */
export function checkRevision(version: FunctionVersion, wanted: string | undefined, now: number): void {
  if (wanted === undefined || wanted === revisionId(version, now)) return
  throw new AwsFault(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    { status: 412, recorded: false },
  )
}
