import type { ToldRun } from './document.js'

/**
 * Renders the audit of a run as a page or a chart; a run that came to none says why in the same form.
 * Only the form that was asked for is loaded.
 */
export async function auditDocument(format: 'html' | 'mermaid'): Promise<(run: ToldRun) => string> {
  const [renderAudit, renderFailure] = await renderersOf(format)
  return ({ document, audit }) => {
    const { tool, timing, error } = document
    if (audit !== null) return renderAudit(audit, { version: tool.version, startedAt: timing.startedAt })
    return renderFailure({ message: error?.message ?? 'Nothing was audited.', hint: error?.hint ?? null })
  }
}

async function renderersOf(format: 'html' | 'mermaid') {
  if (format === 'mermaid') {
    const { auditMermaid, failureMermaid } = await import('./mermaid.js')
    return [auditMermaid, failureMermaid] as const
  }
  const { auditHtml, failureHtml } = await import('./html.js')
  return [auditHtml, failureHtml] as const
}
