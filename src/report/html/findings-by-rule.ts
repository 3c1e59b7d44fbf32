import type { AuditResult, Health, RuleCount } from '../../fleet/audit/results.js'
import { counted, escaped, grouped } from './escape.js'
import { healthWords, mark } from './marks.js'

/** Which faults there are, the worst and most frequent first: one cause often stands behind hundreds of mappings. */
export function findingsByRule({ summary }: AuditResult): string {
  const { rules } = summary
  if (rules.length === 0) return ''
  const most = Math.max(...rules.map(({ mappings }) => mappings))
  const rows = rules.map((count) => {
    const health = markOf(count)
    const width = ((count.mappings / most) * 100).toFixed(1)
    const bar = `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="fill ${health}" width="${width}" height="6"/></svg>`
    const rule = escaped(count.rule)
    return `<tr><td>${mark(health)}${health === 'note' ? 'Note' : healthWords[health]}</td><th scope="row"><a href="#mappings" data-find="${rule}">${rule}</a></th><td class="number">${grouped(count.mappings)}</td><td class="bars">${bar}</td></tr>`
  })
  return `<section aria-labelledby="rules">
<h2 id="rules">What was found</h2>
<table class="rules">
<caption>${counted(rules.length, 'rule')}, worst first, with the number of mappings that each concerns.</caption>
<thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col" class="number">Mappings</th><td></td></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`
}

const markOf = ({ status, severity }: RuleCount): Health | 'note' =>
  status === 'unknown' ? 'unknown' : severity === 'info' ? 'note' : severity
