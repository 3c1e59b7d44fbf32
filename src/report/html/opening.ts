import { type AuditedPlace, type AuditResult, healths } from '../../fleet/audit/results.js'
import { counted, escaped, grouped } from './escape.js'
import { healthWords, mark } from './marks.js'

/** When and by what a page was made. */
export interface Made {
  readonly version: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

/** What comes first: the verdict, where and when, the counts, and what the audit could not see. */
export function opening(audit: AuditResult, made: Made): string {
  return `<header class="opening">
<p class="tool">sqs-trigger audit</p>
<h1>${escaped(verdictOf(audit))}</h1>
<p class="meta">${[placesOf(audit), timeOf(made)].join(' · ')}</p>
${counts(audit)}
${baselineNote(audit)}${unreadNote(audit)}</header>`
}

/** The audit in one sentence. */
export function verdictOf({ summary, complete }: AuditResult): string {
  const { mappings: all, byHealth } = summary
  const among = complete ? '' : ' that could be read'
  const have = (count: number) => (count === 1 ? 'has' : 'have')
  const of = (count: number) => `${grouped(count)} of ${counted(all, 'mapping')}${among} ${have(count)}`
  if (all === 0) return complete ? 'There are no mappings here.' : 'No mappings could be read.'
  if (byHealth.error > 0) return `${of(byHealth.error)} ${byHealth.error === 1 ? 'an error' : 'errors'}.`
  if (byHealth.warning > 0) {
    return `No errors; ${of(byHealth.warning)} ${byHealth.warning === 1 ? 'a warning' : 'warnings'}.`
  }
  if (byHealth.unknown > 0) return `Nothing wrong was seen; ${of(byHealth.unknown)} something unknown.`
  return all === 1 ? 'The one mapping is healthy.' : `All ${grouped(all)} mappings${among} are healthy.`
}

/** `2026-11-23 09:15 UTC`, readable by programs, too. */
export function timeOf({ startedAt }: Made): string {
  return `<time datetime="${escaped(startedAt)}">${escaped(startedAt.slice(0, 16).replace('T', ' '))} UTC</time>`
}

/** `111122223333 (Production)`. */
export const accountText = (account: string | null, name: string | null): string => {
  if (account === null) return name ?? 'an account that nobody could sign in to'
  return name === null ? account : `${account} (${name})`
}

function placesOf({ places }: AuditResult): string {
  const [only] = places
  if (only && places.length === 1) {
    return `Account ${escaped(accountText(only.account, only.accountName))} · ${escaped(only.region)}`
  }
  const accounts = new Set(places.map(({ account, accountName }) => account ?? accountName)).size
  const regions = new Set(places.map(({ region }) => region)).size
  return `${counted(accounts, 'account')} · ${counted(regions, 'Region')}`
}

function counts({ summary }: AuditResult): string {
  const { byHealth, mappings: all } = summary
  let from = 0
  const parts = healths.map((health) => {
    const width = all === 0 ? 0 : (byHealth[health] / all) * 1000
    const part = `<rect class="fill ${health}" x="${from.toFixed(1)}" width="${width.toFixed(1)}" height="6"/>`
    from += width
    return part
  })
  const figures = healths.map(
    (health) =>
      `<div class="${byHealth[health] === 0 ? 'none' : health}"><dt>${mark(health)}${healthWords[health]}</dt><dd>${grouped(byHealth[health])}</dd></div>`,
  )
  const read = [
    `${counted(summary.queues, 'queue')}, ${grouped(summary.deadLetterQueues)} of them for dead letters`,
    counted(summary.functions, 'function'),
    counted(summary.roles, 'role'),
  ]
  return `<dl class="counts" aria-label="Mappings by health">
${figures.join('\n')}
</dl>
<svg class="share" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>
<p class="meta">${read.join(' · ')}</p>`
}

function baselineNote({ baseline }: AuditResult): string {
  if (baseline === null) return ''
  const { file, known, added, gone } = baseline
  return `<p class="meta">Compared with ${escaped(file)}: ${counted(added, 'finding')} new, ${grouped(gone)} gone, and ${grouped(known)} known before and not listed here.</p>\n`
}

/** Never left out: what is not in the counts above. A Region that is not in use is nothing that is missing. */
function unreadNote({ places, complete }: AuditResult): string {
  const missing = places.filter(({ status }) => status === 'unread' || status === 'partly')
  if (missing.length === 0 && complete) return ''
  const items = missing.map((place) => `<li>${missingText(place)}</li>`)
  const list = items.length === 0 ? '' : `\n<ul>\n${items.join('\n')}\n</ul>`
  return `<section class="missing" aria-labelledby="missing">
<h2 id="missing">${mark('unknown')}Not everything could be read</h2>
<p>What is missing is not in the counts above, and is not known to be healthy.</p>${list}
</section>\n`
}

function missingText({
  account,
  accountName,
  region,
  status,
  reason,
  permission,
  listed,
  judged,
}: AuditedPlace): string {
  const where = `<strong>${escaped(accountText(account, accountName))}, ${escaped(region)}</strong>`
  const how = status === 'unread' ? 'not read' : `${grouped(judged)} of ${counted(listed, 'mapping')} judged`
  const why = reason === null ? '' : ` ${escaped(reason)}`
  const help = permission === null ? '' : ` <code>${escaped(permission)}</code> would settle it.`
  return `${where}: ${how}.${why}${help}`
}
