import { nameIn } from '../../arn.js'
import { type AuditedMapping, type AuditResult, healths } from '../../fleet/audit/results.js'
import { counted, escaped } from './escape.js'
import { mappingDetails } from './mapping-details.js'
import { healthWords, mark } from './marks.js'
import { accountText } from './opening.js'

interface Column {
  readonly head: string
  readonly number?: true
  /** The content of the cell, and what it is sorted by where that is not its text. */
  readonly cell: (audited: AuditedMapping) => { readonly html: string; readonly key?: number }
}

/**
 * Every mapping, worst first: a row with its settings, and under it what was found, folded. Each has a body of the
 * table for itself, so that both rows are hidden and moved as one.
 */
export function mappingsTable(audit: AuditResult): string {
  const { mappings } = audit
  if (mappings.length === 0) return ''
  const columns = columnsOf(audit)
  const bodies = mappings.map((audited, index) => {
    const { health, mapping, account, region } = audited
    const cells = columns.map(({ cell, number }) => {
      const { html, key } = cell(audited)
      return `<td${number ? ' class="number"' : ''}${key === undefined ? '' : ` data-key="${key}"`}>${html}</td>`
    })
    const data = `data-health="${health}" data-state="${escaped(mapping.state)}" data-account="${escaped(account)}" data-region="${escaped(region)}"`
    return `<tbody id="m${index + 1}" ${data}>
<tr>${cells.join('')}</tr>
<tr class="more"><td colspan="${columns.length}">${mappingDetails(audited)}</td></tr>
</tbody>`
  })
  const heads = columns.map(
    ({ head, number }, index) =>
      `<th scope="col"${number ? ' class="number"' : ''}${index === 0 ? ' aria-sort="ascending"' : ''}>${head}</th>`,
  )
  return `<section aria-labelledby="mappings">
<h2 id="mappings" tabindex="-1">Mappings</h2>
${filters(audit)}
<p class="shown" role="status">${counted(mappings.length, 'mapping')}, worst first.</p>
<table class="mappings">
<caption class="spoken">Mappings with their settings; the row under each says what was found.</caption>
<thead><tr>${heads.join('')}</tr></thead>
${bodies.join('\n')}
</table>
<p class="rest" hidden><button type="button" id="more">Show more</button></p>
</section>`
}

/** What is the same for all of them stands at the top of the page, and needs no column. */
function columnsOf(audit: AuditResult): readonly Column[] {
  const { accounts, regions } = choicesOf(audit)
  const account: Column = {
    head: 'Account',
    cell: (one) => ({ html: escaped(accounts.get(one.account) ?? one.account) }),
  }
  const region: Column = { head: 'Region', cell: (one) => ({ html: escaped(one.region) }) }
  return [
    {
      head: 'Severity',
      cell: ({ health }) => ({ html: `${mark(health)}${healthWords[health]}`, key: healths.indexOf(health) }),
    },
    { head: 'Queue', cell: ({ mapping }) => ({ html: `<b>${escaped(nameOf(mapping.queueArn))}</b>` }) },
    { head: 'Function', cell: ({ mapping }) => ({ html: escaped(nameIn(mapping.functionArn)) }) },
    { head: 'State', cell: ({ mapping }) => ({ html: escaped(mapping.state) }) },
    { head: 'Batch', number: true, cell: ({ mapping }) => ({ html: String(mapping.batchSize) }) },
    ...(accounts.size > 1 ? [account] : []),
    ...(regions.length > 1 ? [region] : []),
  ]
}

const nameOf = (arn: string) => arn.split(':').slice(5).join(':') || arn
/** With the alias or version, as people write it. */

function choicesOf({ mappings, places }: AuditResult) {
  const names = new Map(places.map(({ account, accountName }) => [account, accountName]))
  const sorted = (words: readonly string[]) => [...new Set(words)].toSorted()
  const accounts = sorted(mappings.map(({ account }) => account))
  return {
    accounts: new Map(accounts.map((account) => [account, accountText(account, names.get(account) ?? null)])),
    regions: sorted(mappings.map(({ region }) => region)),
    states: sorted(mappings.map(({ mapping }) => mapping.state)),
  }
}

/** Hidden until the script that makes them work has started. A choice of one is none. */
function filters(audit: AuditResult): string {
  const { accounts, regions, states } = choicesOf(audit)
  const severities = healths.map((health) => [health, healthWords[health]] as const)
  const same = (words: readonly string[]) => words.map((word) => [word, word] as const)
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[]) => {
    if (options.length < 2) return ''
    const all = [['', 'All'] as const, ...options].map(
      ([value, text]) => `<option value="${escaped(value)}">${escaped(text)}</option>`,
    )
    return `\n<label>${label}<select data-by="${name}">${all.join('')}</select></label>`
  }
  return `<form class="filters" role="search" aria-label="Filter the mappings" hidden>
<label class="find">Find<input type="search" placeholder="Name, ARN, rule, permission …" autocomplete="off" spellcheck="false"></label>${choice('health', 'Severity', severities)}${choice('state', 'State', same(states))}${choice('region', 'Region', same(regions))}${choice('account', 'Account', [...accounts])}
<button type="button">Clear</button>
</form>`
}
