import type { AuditResult } from '../../fleet/audit/results.js'
import { counted, escaped } from './escape.js'

/** Queues that nothing here uses: folded, because they are no fault. */
export function orphans({ orphans: found }: AuditResult): string {
  if (found.length === 0) return ''
  const rows = found.map(
    ({ name, account, region }) =>
      `<tr><td>${escaped(name)}</td><td>${escaped(account)}</td><td>${escaped(region)}</td></tr>`,
  )
  const heads = ['Queue', 'Account', 'Region'].map((head) => `<th scope="col">${head}</th>`).join('')
  return `<section aria-labelledby="orphans">
<h2 id="orphans">Queues that no mapping reads from</h2>
<p>No queue names them as its dead-letter queue, either. Programs elsewhere may still use them.</p>
<details><summary>${counted(found.length, 'queue')}</summary>
<div class="scroll" role="region" tabindex="0" aria-label="The queues"><table><thead><tr>${heads}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div></details>
</section>`
}
