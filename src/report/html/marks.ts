import type { Health } from '../../fleet/audit/results.js'

/** Health in a word: no mark stands without it, or without a text that says the same. */
export const healthWords: Readonly<Record<Health, string>> = {
  error: 'Error',
  warning: 'Warning',
  unknown: 'Unknown',
  healthy: 'Healthy',
}

/** The marks, each of a shape of its own, drawn once for the page. */
export const markSymbols = `<svg class="symbols" aria-hidden="true"><defs>
<symbol id="mark-error" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="currentColor"/><path class="cut" d="m5 5 6 6m0-6-6 6"/></symbol>
<symbol id="mark-warning" viewBox="0 0 16 16"><path fill="currentColor" d="M8 .6a1.2 1.2 0 0 1 1 .6l6.8 12.4a1.2 1.2 0 0 1-1 1.8H1.2a1.2 1.2 0 0 1-1-1.8L7 1.2a1.2 1.2 0 0 1 1-.6Z"/><path class="cut" d="M8 5.5v4.2m0 2.7v.1"/></symbol>
<symbol id="mark-unknown" viewBox="0 0 16 16"><circle class="line" cx="8" cy="8" r="7.2"/><path class="line" d="M5.9 6.3a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.3m0 2.4v.1"/></symbol>
<symbol id="mark-healthy" viewBox="0 0 16 16"><path class="line" d="m3 8.5 3.5 3.5L13 4.5"/></symbol>
<symbol id="mark-note" viewBox="0 0 16 16"><circle class="line" cx="8" cy="8" r="7.2"/><path class="line" d="M8 7.6v3.6m0-6.4v.1"/></symbol>
</defs></svg>`

/** A mark for the eye alone. Inside a picture it needs a place: its left upper corner. */
export function mark(health: Health | 'note', at?: { readonly x: number; readonly y: number }): string {
  const place = at === undefined ? '' : ` x="${at.x}" y="${at.y}" width="14" height="14"`
  return `<svg class="mark ${health}" aria-hidden="true"${place}><use href="#mark-${health}"/></svg>`
}
