import type { AuditResult } from '../fleet/audit/results.js'
import type { AuditRendering } from './outcome.js'
import { auditLines } from './text/audit-lines.js'

/** The `result` of the document. The findings stand beside it, each with its mapping. */
function result(
  { context: _, mappings, ...rest }: AuditResult,
  mappingOf: Parameters<AuditRendering['result']>[1],
) {
  const audited = mappings.map(({ findings: _told, mapping, ...about }) => ({
    ...about,
    mapping: mappingOf(mapping),
  }))
  return { ...rest, mappings: audited }
}

/** How an audit is told. */
export const auditRendering: AuditRendering = { lines: auditLines, result }
