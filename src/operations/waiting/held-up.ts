import type { Session } from '../session.js'

/** How long calls waited for a person to sign in again, in milliseconds: no deadline counts it. */
export const heldUpMs = ({ clients }: Session): number => clients.renewal?.heldUpMs() ?? 0
