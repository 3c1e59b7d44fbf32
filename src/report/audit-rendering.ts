import type { AuditedMapping, AuditResult } from '../fleet/audit-results.js'
import type { AuditRendering } from './outcome.js'
import { mappingOf } from './result.js'
import { auditLines } from './text/audit-lines.js'

/** The `result` of the document. The findings stand beside it, each with its mapping. */
function result({ context: _, mappings, ...rest }: AuditResult) {
  return { ...rest, mappings: mappings.map(auditedOf) }
}

/** How an audit is told. */
export const auditRendering: AuditRendering = { lines: auditLines, result }

const auditedOf = ({ findings: _, mapping, ...audited }: AuditedMapping) => ({
  ...audited,
  mapping: mappingOf(mapping),
})
