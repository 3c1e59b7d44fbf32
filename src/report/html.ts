import { createHash } from 'node:crypto'
import type { AuditResult } from '../fleet/audit/results.js'
import type { ToldRun } from './document.js'
import behaviour from './html/behaviour.js?raw'
import { escaped } from './html/escape.js'
import { findingsByRule } from './html/findings-by-rule.js'
import { footer } from './html/footer.js'
import { mappingsTable } from './html/mappings-table.js'
import { markSymbols } from './html/marks.js'
import { type Made, opening, verdictOf } from './html/opening.js'
import { orphans } from './html/orphans.js'
import { pictures } from './html/pictures.js'
import style from './html/style.css?raw'

/** The audit of a run as a page; of a run that came to none, why. */
export function htmlDocument({ document, audit }: ToldRun): string {
  const { tool, timing, error } = document
  if (audit !== null) return auditHtml(audit, { version: tool.version, startedAt: timing.startedAt })
  return failureHtml({ message: error?.message ?? 'Nothing was audited.', hint: error?.hint ?? null })
}

/**
 * An audit as one page that asks nothing of anybody: style and script stand in it, and its policy forbids every
 * request and every other script, so that a name that got through as markup could still do nothing. Without the script
 * it is the same page, all rows shown.
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
 */
export function auditHtml(audit: AuditResult, made: Made): string {
  return page(verdictOf(audit), [
    '<nav class="skip"><a href="#mappings">Skip to the mappings</a></nav>',
    markSymbols,
    opening(audit, made),
    '<main>',
    findingsByRule(audit),
    pictures(audit),
    mappingsTable(audit),
    orphans(audit),
    '</main>',
    footer(audit, made),
    `<script>${behaviour}</script>`,
  ])
}

/** The page of a run that came to no result: what went wrong, and what helps. */
export function failureHtml({
  message,
  hint,
}: {
  readonly message: string
  readonly hint: string | null
}): string {
  const help = hint === null ? [] : [`<pre>${escaped(hint)}</pre>`]
  return page('No audit', [
    '<main class="opening"><p class="tool">sqs-trigger audit</p>',
    '<h1>There is no audit to show.</h1>',
    `<p>${escaped(message)}</p>`,
    ...help,
    '</main>',
  ])
}

function page(title: string, body: readonly string[]): string {
  // The icon is asked for wherever a page is served, unless it has one.
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '${hashOf(style)}'; script-src '${hashOf(behaviour)}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    `<title>${escaped(title)} – sqs-trigger audit</title>`,
    `<style>${style}</style>`,
  ]
  const lines = ['<!doctype html>', '<html lang="en">', '<head>', ...head, '</head>', '<body>', ...body]
  return `${[...lines, '</body>', '</html>'].join('\n')}\n`
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
