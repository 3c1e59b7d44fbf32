import type { AuditedMapping, AuditResult } from '../fleet/audit-results.js'
import type { Page } from './page.js'
import { mappingOf } from './result.js'
import { auditLines } from './text/audit-lines.js'

/** An audit as text. */
export const lines = (page: Page, audit: AuditResult): readonly string[] => auditLines(page, audit)

/** The `result` of the document. The findings stand beside it, each with its mapping. */
export function result({ context: _, mappings, ...rest }: AuditResult) {
  return { ...rest, mappings: mappings.map(auditedOf) }
}

const auditedOf = ({ findings: _, mapping, ...audited }: AuditedMapping) => ({
  ...audited,
  mapping: mappingOf(mapping),
})
