import type { OperationEvent } from '../../operations/events.js'
import { type Page, shown } from '../page.js'
import { elapsed } from './sentences.js'
import { silentMs } from './silence.js'

/** `Changing triggers · 12 of 200 · 1 failed` */
export function fleetText(
  page: Page,
  { what, done, total, failed }: Extract<OperationEvent, { type: 'fleet-progress' }>,
): string {
  const parts = [what, `${done} of ${total}`, ...(failed === 0 ? [] : [`${failed} failed`])]
  return shown(page, parts.join(page.glyphs.between))
}

/** What goes on, and how long already where that is worth saying. */
export function stepText(page: Page, what: string, now: () => number): () => string {
  const since = now()
  return () => {
    const passed = now() - since
    return shown(
      page,
      passed < silentMs ? what : `${what}${page.glyphs.between}still waiting ${elapsed(passed)}`,
    )
  }
}

/** `Judged 240 of 1,000 mappings, about 0:40 left`. */
export function auditText({ places, placesListed, mappings, judged, remainingMs }: AuditProgress): string {
  if (placesListed < places) return `Listed ${placesListed} of ${places} Regions, ${mappings} mappings so far`
  const left = remainingMs === null ? '' : `, about ${elapsed(remainingMs)} left`
  return `Judged ${judged} of ${mappings} mappings${left}`
}

type AuditProgress = Extract<OperationEvent, { type: 'audit-progress' }>
