import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'

/** Calls without a user name mean the caller, who must then be a user. */
export function ownName({ principal }: Call): string {
  if (principal.kind === 'user') return principal.userName
  throw new AwsFault('ValidationError', 'Must specify userName when calling with non-User credentials', {
    recorded: false,
  })
}
