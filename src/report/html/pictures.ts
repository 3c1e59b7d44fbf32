import { type AuditResult, healths } from '../../fleet/audit/results.js'
import { field } from './field.js'
import { healthWords, mark } from './marks.js'
import { leftOut, pictured } from './picture-groups.js'
import { wiring } from './wiring.js'

/** Which queue feeds which function. Of many mappings all are shown as marks, and only those in trouble as wiring. */
export function pictures(audit: AuditResult): string {
  if (audit.mappings.length === 0) return ''
  const chosen = pictured(audit)
  const drawn = chosen.groups.length === 0 ? '' : wiring(audit, chosen.groups)
  const rest = leftOut(chosen)
  const legend = healths.map((health) => `<span>${mark(health)}${healthWords[health]}</span>`)
  const lines =
    drawn === ''
      ? ''
      : `<span>${solid}Lambda reads the queue</span><span>${dashed}SQS moves failed messages</span>`
  const overview = chosen.whole
    ? ''
    : `<h3>Every mapping, by function</h3>
<p class="meta">A disc is an error, a triangle a warning, a ring something unknown, and a dot a healthy mapping. Those of one function stand together, the worst first.</p>
${field(audit)}
${drawn === '' ? '' : '<h3>The worst of them</h3>'}`
  return `<section aria-labelledby="wiring">
<h2 id="wiring">Queues and functions</h2>
<p class="legend">${legend.join('')}${lines}</p>
${overview}
${drawn}
${rest === '' ? '' : `<p class="meta">${rest}</p>`}
</section>`
}

const solid =
  '<svg class="sample" viewBox="0 0 24 8" aria-hidden="true"><path class="wire" d="M0 4h23"/></svg>'
const dashed =
  '<svg class="sample" viewBox="0 0 24 8" aria-hidden="true"><path class="wire after" d="M0 4h23"/></svg>'
