import type { StayReason, UndoStep } from '../operations/results.js'

/** Words of steps that stay although something is left to undo. */
const changed: ReadonlySet<StayReason | null> = new Set(['changed-since', 'changed-by-later-fix'])
const untold: ReadonlySet<StayReason | null> = new Set(['unreadable', 'former-unknown'])

/** Somebody, or a later fix, changed it since. */
export const isChanged = ({ stays }: UndoStep) => changed.has(stays)

/** It stays, and something is left to undo; not so where a queue is kept, or where it was undone already. */
export const isOpen = ({ stays }: UndoStep) => changed.has(stays) || untold.has(stays)
