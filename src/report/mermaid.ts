import { createHash } from 'node:crypto'
import type { AuditedMapping, AuditedPlace, AuditResult, Health } from '../fleet/audit/results.js'
import type { ToldRun } from './document.js'
import { counted, grouped, shortened, visible } from './html/escape.js'
import { accountText, type Made, verdictOf } from './html/opening.js'
import { countsOf, healthCounts } from './html/picture-groups.js'

/**
 * Without being told to draw more, Mermaid draws 500 lines from 50,000 characters, and GitHub keeps to that. These are
 * fewer: of more nobody can read a chart, and a browser takes half a minute to lay it out.
 * https://mermaid.js.org/config/schema-docs/config.html
 */
const mostEdges = 200
const mostText = 40_000
const mostPlaces = 10
const longestName = 60

/** The audit of a run as a chart; of a run that came to none, why. */
export function mermaidDocument({ document, audit }: ToldRun): string {
  const { tool, timing, error } = document
  if (audit !== null) return auditMermaid(audit, { version: tool.version, startedAt: timing.startedAt })
  return failureMermaid({ message: error?.message ?? 'Nothing was audited.' })
}

/**
 * An audit as a Mermaid flowchart: queues, the functions that read them and their dead-letter queues, in the colours
 * of their health, which every label also says. The worst come first; what there is no room for is counted.
 */
export function auditMermaid(audit: AuditResult, { version, startedAt }: Made): string {
  const nodes = nodesOf(audit)
  const lines = new Set<string>()
  let [edges, size] = [0, 0]
  const fitting = audit.mappings.filter((audited) => {
    const own = linesOf(audited, nodes).filter((line) => !lines.has(line))
    const text = own.reduce((sum, line) => sum + line.length + 3, 0)
    if (edges + 2 > mostEdges || size + text > mostText) return false
    edges += 2
    size += text
    for (const line of own) lines.add(line)
    return true
  })
  const drawn = new Set(fitting)
  const left = audit.mappings.filter((audited) => !drawn.has(audited))
  return chart(verdictOf(audit), [
    `%% Made by sqs-trigger audit ${label(version)} at ${startedAt}`,
    ...lines,
    ...restOf(left),
    ...missingOf(audit.places),
  ])
}

/** The chart of a run that came to no result. */
export function failureMermaid({ message }: { readonly message: string }): string {
  return chart('There is no audit to show.', [`failed["${label(message)}"]:::error`])
}

function chart(title: string, lines: readonly string[]): string {
  return ['flowchart LR', `accTitle: ${title}`, ...lines, ...classes].join('\n  ').concat('\n')
}

/** Dark text on light ground: legible on a dark page, too. */
const classes = [
  'classDef error fill:#fbe5e2,stroke:#b42318,stroke-width:2px,color:#1d1c1a',
  'classDef warning fill:#fbf0d9,stroke:#955d00,stroke-width:2px,color:#1d1c1a',
  'classDef unknown fill:#efeaf8,stroke:#67549a,stroke-dasharray:4 3,color:#1d1c1a',
  'classDef healthy fill:#f1f7f3,stroke:#2b7350,color:#1d1c1a',
]

/** The line of each queue and function, by its ARN. */
function nodesOf({ queues, functions }: AuditResult) {
  const told = [
    ...queues.map((queue) => {
      const [open, close] = queue.isDeadLetterQueue ? ['[(', ')]'] : ['([', '])']
      const waiting = queue.messages === null ? [] : [counted(queue.messages.visible, 'message')]
      return { ...queue, open, close, notes: waiting }
    }),
    ...functions.map((one) => ({
      ...one,
      name: one.qualifier === null ? one.name : `${one.name}:${one.qualifier}`,
      ...{ open: '[', close: ']', notes: [] },
    })),
  ]
  return new Map(
    told.map(({ arn, name, status, health, open, close, notes }) => {
      const state = status === 'read' ? [] : [status === 'gone' ? 'gone' : 'not read']
      const about = [health, ...state, ...notes].join(', ')
      const text = `${label(shortened(name, longestName))}<br/>${label(about)}`
      return [arn, `${idOf(arn)}${open}"${text}"${close}:::${health}`]
    }),
  )
}

/** The lines of a mapping: its ends, and what leads from one to the other. */
function linesOf({ mapping, deadLetterQueueArn }: AuditedMapping, nodes: ReadonlyMap<string, string>) {
  const { queueArn, functionArn, state, batchSize } = mapping
  const node = (arn: string) =>
    nodes.get(arn) ?? `${idOf(arn)}["${label(shortened(arn, longestName))}"]:::unknown`
  // A cross where nothing goes through.
  const arrow = state === 'Enabled' ? '-->' : '--x'
  const wire = `${idOf(queueArn)} ${arrow}|"batch ${batchSize}, ${label(state)}"| ${idOf(functionArn)}`
  const ends = [node(queueArn), node(functionArn)]
  if (deadLetterQueueArn === null) return [...ends, wire]
  const dead = `${idOf(queueArn)} -.->|"what fails"| ${idOf(deadLetterQueueArn)}`
  return [...ends, node(deadLetterQueueArn), wire, dead]
}

function restOf(left: readonly AuditedMapping[]): readonly string[] {
  if (left.length === 0) return []
  const text = `Not drawn: ${counted(left.length, 'mapping')}, ${healthCounts(countsOf(left))}`
  const worst: Health = left[0]?.health ?? 'unknown'
  return [`rest["${label(text)}"]:::${worst}`]
}

function missingOf(places: readonly AuditedPlace[]): readonly string[] {
  const missing = places.filter(({ status }) => status === 'unread' || status === 'partly')
  const told = missing.slice(0, mostPlaces).map(({ account, accountName, region, status }, index) => {
    const how = status === 'unread' ? 'Not read' : 'Read in part'
    const text = `${how}: ${shortened(accountText(account, accountName), longestName)}, ${region}`
    return `unread${index}["${label(text)}"]:::unknown`
  })
  const more = missing.length - told.length
  return more === 0
    ? told
    : [...told, `unreadMore["${label(`And ${grouped(more)} more places not read`)}"]:::unknown`]
}

/** Names may hold what ids may not, and may be words of the language. */
const idOf = (arn: string) => `n${createHash('sha256').update(arn).digest('hex').slice(0, 12)}`

/**
 * Any text inside quotes. All but plain characters are written as their numbers, so that nothing ends the quotes, is
 * markup, or is an instruction to Mermaid, which looks for some of them anywhere in the text.
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
const label = (text: string) =>
  visible(text).replace(/[^\w .,()+/-]/gu, (character) => `#${character.codePointAt(0)};`)
