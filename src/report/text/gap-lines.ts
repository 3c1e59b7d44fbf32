import type { Finding, Gap } from '../../preflight/finding.js'
import { beside, fill, type Page, shown } from '../page.js'
import { labelled } from './labelled.js'

interface Cause extends Omit<Gap, 'problem' | 'class'> {
  readonly open: readonly (Pick<Finding, 'rule'> & Pick<Gap, 'problem'>)[]
}

/**
 * What could not be read, a block for each cause: what it leaves open, and the permission that would settle it.
 * One refused call keeps a dozen rules from being judged, and is still one thing to mend.
 */
export function gapBlocks(page: Page, findings: readonly Finding[]): readonly (readonly string[])[] {
  return causesOf(findings).map((cause) => blockLines(page, cause))
}

function causesOf(findings: readonly Finding[]): readonly Cause[] {
  const causes = new Map<string, Cause>()
  for (const { rule, status, gap, message } of findings) {
    if (status !== 'unknown') continue
    // Findings of another version may come without a gap; their message says it.
    const { problem, reason, permission } = gap ?? { problem: rule, reason: message, permission: null }
    const key = JSON.stringify([reason, permission])
    const before = causes.get(key)?.open ?? []
    causes.set(key, { reason, permission, open: [...before, { rule, problem }] })
  }
  return [...causes.values()]
}

function blockLines(page: Page, { reason, permission, open }: Cause): readonly string[] {
  const glyph = page.glyphs.status.unknown
  const what = open.length === 1 ? 'this cannot be ruled out' : `these ${open.length} cannot be ruled out`
  const settles = open.length === 1 ? 'would settle it' : 'would settle them'
  return [
    ...fill(page, shown(page, `${beside(page, glyph)}unknown: ${reason}, so ${what}:`), 0, 2).map(
      page.paint.caution,
    ),
    ...open.flatMap(({ rule, problem }) => fill(page, shown(page, `- ${problem} (${rule})`), 4, 6)),
    ...(permission === null ? [] : labelled(page, 'Fix', `The permission ${permission} ${settles}.`)),
  ]
}
