import type { AuditedPlace, AuditResult } from '../../fleet/audit/results.js'
import { counted, escaped, grouped } from './escape.js'
import { accountText, type Made, timeOf } from './opening.js'

/** Every account and Region that was asked for, and what the page was made by. */
export function footer({ places, summary }: AuditResult, made: Made): string {
  const rows = places.map(({ account, accountName, region, status, judged }) => {
    const who = escaped(accountText(account, accountName))
    return `<tr><td>${who}</td><td>${escaped(region)}</td><td>${placeWords[status]}</td><td class="number">${grouped(judged)}</td></tr>`
  })
  const heads = ['Account', 'Region', 'Read'].map((head) => `<th scope="col">${head}</th>`).join('')
  const seconds = Math.max(1, Math.round(summary.elapsedMs / 1000))
  return `<footer>
<h2>About this audit</h2>
<details><summary>${counted(places.length, 'account and Region', 'accounts and Regions')} asked for</summary>
<div class="scroll" role="region" tabindex="0" aria-label="Accounts and Regions"><table><thead><tr>${heads}<th scope="col" class="number">Mappings judged</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div></details>
<p>Made ${timeOf(made)} by <code>sqs-trigger audit</code> ${escaped(made.version)} with ${counted(summary.calls, 'call')} to AWS in ${counted(seconds, 'second')}. Numbers of messages are approximate, as SQS counts them.</p>
<p>This page is complete in itself: it sends nothing and loads nothing. It names accounts, queues, functions and roles, so pass it on with care.</p>
</footer>`
}

const placeWords: Readonly<Record<AuditedPlace['status'], string>> = {
  read: 'Yes',
  partly: 'In part',
  unread: 'No',
  'not-enabled': 'Region not enabled',
}
