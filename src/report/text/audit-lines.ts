import type { AuditedMapping, AuditedPlace, AuditResult, Health } from '../../fleet/audit/results.js'
import type { Finding } from '../../preflight/finding.js'
import { beside, fill, type Page, shown } from '../page.js'
import { briefLines, isNote } from './finding-lines.js'
import { pair } from './mapping-lines.js'
import { counted, joined } from './sentences.js'

/** What fits on one screen with the lines around it. */
const mostRules = 7
const mostNames = 3

/** One screen, worst first: the rules that object with the mappings that they object to, and what was not seen. */
export function auditLines(page: Page, audit: AuditResult): readonly string[] {
  return [
    ...headLines(page, audit),
    ...placeLines(page, audit),
    ...objectionLines(page, audit),
    ...gapLines(page, audit),
    ...passedLines(page, audit),
    '',
    ...footLines(page, audit),
  ]
}

function headLines(page: Page, { places, summary }: AuditResult): readonly string[] {
  const regions = new Set(places.map(({ region }) => region)).size
  const accounts = new Set(places.map(({ account, accountName }) => account ?? accountName)).size
  const where =
    places.length === 1 ? [] : [accounts > 1 ? counted(accounts, 'account') : '', counted(regions, 'Region')]
  const { mappings, queues, functions, roles } = summary
  const parts = [
    ...where.filter((part) => part !== ''),
    many(mappings, 'mapping'),
    many(queues, 'queue'),
    many(functions, 'function'),
    many(roles, 'role'),
  ]
  return fill(page, shown(page, parts.join(page.glyphs.between)), 0, 2).map(page.paint.strong)
}

/** Those that were not read, and where there are several accounts how each fares. */
function placeLines(page: Page, { places, mappings }: AuditResult): readonly string[] {
  const unread = places.filter(({ status }) => status === 'unread' || status === 'partly')
  const empty = places.filter(({ status, listed }) => status === 'read' && listed === 0).length
  const off = places.filter(({ status }) => status === 'not-enabled').map(({ region }) => region)
  const accounts = new Set(places.map(({ account }) => account))
  const byAccount = accounts.size < 2 ? [] : [...accounts].flatMap((account) => accountLines(account))
  return [
    ...byAccount,
    ...unread.flatMap((place) =>
      fill(page, shown(page, `${beside(page, page.glyphs.status.fail)}${unreadText(place)}`), 0, 2).map(
        page.paint.bad,
      ),
    ),
    ...(empty === 0 || places.length === 1
      ? []
      : fill(
          page,
          `Nothing in ${empty} of ${counted(places.length, accounts.size > 1 ? 'Region of these accounts' : 'Region', accounts.size > 1 ? 'Regions of these accounts' : 'Regions')}: no mapping of an SQS queue.`,
          0,
          2,
        ).map(page.paint.faint)),
    ...(off.length === 0
      ? []
      : fill(page, shown(page, `Not enabled, as far as AWS tells: ${joined(off)}.`), 0, 2).map(
          page.paint.faint,
        )),
  ]

  function accountLines(account: string | null): readonly string[] {
    if (account === null) return []
    const name = places.find((place) => place.account === account)?.accountName
    const own = mappings.filter((audited) => audited.account === account)
    const said = healthText(own)
    return fill(page, shown(page, `${name ? `${name} (${account})` : account}: ${said}`), 0, 2)
  }
}

function unreadText({ account, accountName, region, status, listed, judged, reason }: AuditedPlace): string {
  const who = [accountName ?? account, region].filter((part) => part).join(' ')
  const how = status === 'unread' ? 'was not read' : `was read in part, ${judged} of ${listed} mappings`
  return `${who} ${how}: ${reason ?? ''}`
}

interface Objection {
  readonly rule: string
  readonly finding: Finding
  readonly mappings: readonly AuditedMapping[]
}

function objectionLines(page: Page, { mappings, places }: AuditResult): readonly string[] {
  const objections = objectionsOf(mappings)
  const [told, rest] = [objections.slice(0, mostRules), objections.slice(mostRules)]
  return [
    ...(told.length === 0 ? [] : ['']),
    ...told.flatMap(blockOf),
    ...(rest.length === 0
      ? []
      : [
          ...fill(
            page,
            `Also ${joined(rest.map(({ rule, mappings: hit }) => `${rule} (${hit.length})`))}.`,
            0,
            2,
          ),
        ]),
  ]

  function blockOf({ rule, finding, mappings: hit }: Objection): readonly string[] {
    const failed = finding.status === 'fail'
    const glyph = page.glyphs.status[finding.status]
    const [only] = hit
    const head = `${glyph} ${rule}: ${many(hit.length, 'mapping')}`
    const names = hit.slice(0, mostNames).map(nameOf)
    const more = hit.length - names.length
    const about =
      hit.length === 1 && only
        ? `${nameOf(only)}: ${finding.message}`
        : joined(more > 0 ? [...names, `${more.toLocaleString('en')} more`] : names)
    const paint = failed ? page.paint.bad : page.paint.caution
    return [...fill(page, head, 0, 2).map(paint), ...fill(page, shown(page, about), 2, 2)]
  }

  function nameOf({ mapping, region }: AuditedMapping): string {
    const named = pair(page, mapping)
    return places.length > 1 ? `${region} ${named}` : named
  }
}

/** Each rule that objects once, errors before warnings, the most frequent first. */
function objectionsOf(mappings: readonly AuditedMapping[]): readonly Objection[] {
  const found = new Map<string, { readonly finding: Finding; readonly mappings: AuditedMapping[] }>()
  for (const audited of mappings) {
    for (const finding of audited.findings) {
      if ((finding.status !== 'fail' && finding.status !== 'warn') || isNote(finding)) continue
      const before = found.get(finding.rule)
      if (before) before.mappings.push(audited)
      else found.set(finding.rule, { finding, mappings: [audited] })
    }
  }
  const rank = ({ finding, mappings: hit }: Omit<Objection, 'rule'>) =>
    (finding.status === 'fail' ? 1_000_000 : 0) + hit.length
  return [...found].map(([rule, objection]) => ({ rule, ...objection })).toSorted((a, b) => rank(b) - rank(a))
}

/** What could not be read, once for each cause. */
function gapLines(page: Page, { mappings }: AuditResult): readonly string[] {
  const causes = new Map<string, Set<AuditedMapping>>()
  for (const audited of mappings) {
    for (const { status, gap, message } of audited.findings) {
      if (status !== 'unknown') continue
      const cause = gap?.permission ? `${gap.permission} would settle it` : (gap?.reason ?? message)
      const hit = causes.get(cause) ?? new Set()
      causes.set(cause, hit.add(audited))
    }
  }
  const worst = [...causes].toSorted(([, a], [, b]) => b.size - a.size)
  const told = worst.slice(0, mostNames)
  const glyph = beside(page, page.glyphs.status.unknown)
  return [
    ...(told.length === 0 ? [] : ['']),
    ...told.flatMap(([cause, hit]) =>
      fill(page, shown(page, `${glyph}unknown in ${many(hit.size, 'mapping')}: ${cause}`), 0, 2).map(
        page.paint.caution,
      ),
    ),
    ...(worst.length > told.length
      ? fill(page, `and ${counted(worst.length - told.length, 'more reason')}`, 2)
      : []),
  ]
}

/** With --all-findings: each mapping with what passed and what did not apply. */
function passedLines(page: Page, { mappings }: AuditResult): readonly string[] {
  return mappings.flatMap((audited) => {
    const passed = audited.findings.filter(({ status }) => status === 'pass' || status === 'skip')
    return passed.length === 0
      ? []
      : ['', pair(page, audited.mapping), ...passed.flatMap((finding) => briefLines(page, finding))]
  })
}

function footLines(page: Page, { mappings, orphans, summary, baseline }: AuditResult): readonly string[] {
  const { pass, skip, ignored, warn, fail, unknown } = summary.findings
  const judged = pass + warn + fail + unknown + ignored
  const notes = mappings.flatMap(({ findings }) => findings.filter(isNote))
  const noted = (status: Finding['status']) => notes.filter((note) => note.status === status).length
  const counts = [
    `${pass.toLocaleString('en')} passed`,
    ...ifAny(fail - noted('fail'), (count) => `${count} failed`),
    ...ifAny(warn - noted('warn'), () => many(warn - noted('warn'), 'warning')),
    ...ifAny(notes.length, () => many(notes.length, 'note')),
    ...ifAny(unknown, (count) => `${count} unknown`),
    ...ifAny(ignored, (count) => `${count} ignored`),
  ]
  const names = orphans.slice(0, mostNames).map(({ name }) => name)
  const more = orphans.length - names.length
  const sentences = [
    mappings.length === 0 ? 'There is no mapping of an SQS queue.' : `${healthText(mappings)}.`,
    ...(judged === 0
      ? []
      : [`${many(judged, 'check')} made: ${counts.join(', ')}; ${skip.toLocaleString('en')} did not apply.`]),
    ...(baseline === null
      ? []
      : [`Beside ${baseline.file}: ${baseline.added} new, ${baseline.known} known, ${baseline.gone} gone.`]),
    ...(orphans.length === 0
      ? []
      : [
          `Nothing here uses ${many(orphans.length, 'queue')}: ${joined(more > 0 ? [...names, `${more} more`] : names)}.`,
        ]),
  ]
  return sentences.flatMap((sentence) => fill(page, shown(page, sentence), 0, 2))
}

const words: readonly (readonly [Health, string])[] = [
  ['error', 'with errors'],
  ['warning', 'with warnings'],
  ['unknown', 'not known'],
  ['healthy', 'healthy'],
]

/** `3 mappings with errors, 12 healthy`. */
function healthText(mappings: readonly AuditedMapping[]): string {
  const parts = words
    .map(([health, word]) => [mappings.filter((one) => one.health === health).length, word] as const)
    .filter(([count]) => count > 0)
  if (parts.length === 0) return 'no mapping'
  return parts
    .map(([count, word], index) =>
      index === 0 ? `${many(count, 'mapping')} ${word}` : `${count.toLocaleString('en')} ${word}`,
    )
    .join(', ')
}

const ifAny = (count: number, words: (told: string) => string) =>
  count === 0 ? [] : [words(count.toLocaleString('en'))]

/** `1,000 mappings`. */
const many = (count: number, one: string) => `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`
