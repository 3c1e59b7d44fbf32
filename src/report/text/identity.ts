import type { CallContext } from '../../operations/events.js'
import { fill, type Page, shown } from '../page.js'
import { nameIn } from './sentences.js'

/** Who acts, and where: the line that keeps a person from changing the wrong account. */
export function identityLines(page: Page, context: CallContext): readonly string[] {
  const parts = [
    `Account ${context.account}`,
    context.region,
    ...(context.profile === null ? [] : [`profile ${context.profile}`]),
    nameIn(context.caller),
  ]
  const lines = fill(page, shown(page, parts.join(` ${page.glyphs.dot} `)), 0, 2)
  if (context.endpoint === null) return lines.map(page.paint.faint)
  return [
    ...lines.map(page.paint.faint),
    ...fill(page, shown(page, `Endpoint ${context.endpoint} (not AWS)`), 0, 2).map(page.paint.caution),
  ]
}
