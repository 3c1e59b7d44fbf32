import { exitStatuses } from '../src/cli/exit-codes.js'
import { callerPolicy } from '../src/permissions/caller-policy.js'
import { quickstartPolicy } from '../src/permissions/quickstart-policy.js'
import { groups } from '../src/preflight/finding.js'
import { rules } from '../src/preflight/rules/index.js'
import { ruleIndex, rulePage } from '../src/report/rule-page.js'

type Blocks = Readonly<Record<string, () => string>>

/** The parts of the README that the code knows better: `npm run readme` writes them, a test compares them. */
export const readmeBlocks: Blocks = {
  'exit-codes': () =>
    table(
      ['code', 'name', 'meaning'],
      exitStatuses.map(({ code, name, meaning }) => [String(code), `\`${name}\``, meaning]),
    ),
  rules: () => `${rules.length} rules, by what they look at:\n\n${rulesByGroup()}`,
  'caller-policy': () => `\`\`\`json\n${compact(callerPolicy('111122223333', 'us-east-1', 'aws'))}\n\`\`\``,
}

/** The same by page, below the repository. */
export const pageBlocks: Readonly<Record<string, Blocks>> = {
  'README.md': readmeBlocks,
  'docs/start.md': {
    'quickstart-policy': () => `\`\`\`json\n${compact(quickstartPolicy(pageStack))}\n\`\`\``,
  },
}

const pageStack = {
  partition: 'aws',
  region: 'us-east-1',
  account: '111122223333',
  name: 'sqs-trigger-quickstart',
}

/** One row a group: a newcomer reads what is looked at, the pages hold the rest. */
function rulesByGroup(): string {
  const rows = groups.map((group) => {
    const links = rules
      .filter((rule) => rule.group === group)
      .map(({ slug }) => `[${slug}](docs/rules/${slug}.md)`)
    return [`**${group}**`, links.join(' · ')]
  })
  return table(['about', 'what it finds'], rows)
}

/** The pages of the rules by file name, below docs/rules. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ...rules.map((rule) => [`${rule.slug}.md`, rulePage(rule)] as const),
    ['README.md', ruleIndex(rules)],
  ])
}

/** Puts each block between its two markers. Throws when a marker is missing. */
export function withBlocks(readme: string, blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [from, to] = [text.indexOf(start), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`the README has no place for ${name}`)
    return `${text.slice(0, from + start.length)}\n\n${block}\n\n${text.slice(to)}`
  }, readme)
}

/** What stands between the markers now. */
export function blockIn(readme: string, name: string): string {
  const start = `<!-- ${name} -->`
  return readme.slice(readme.indexOf(start) + start.length, readme.indexOf(`<!-- /${name} -->`)).trim()
}

/** What differs from run to run: ports, ids, times. */
export function settled(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:49152')
    .replace(
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
      '7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77',
    )
    .replace(/\b\d+:\d\d\b/g, '0:00')
    .replace(/\b\d+(\.\d+)? ?(ms|s)\b(?= after| \(|\)| {2}|$)/gm, '0.1 s')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** One line for each statement. */
function compact({
  Version,
  Statement,
}: {
  readonly Version: string
  readonly Statement: readonly object[]
}): string {
  const statements = Statement.map((statement) => `    ${JSON.stringify(statement)}`)
  return `{\n  "Version": "${Version}",\n  "Statement": [\n${statements.join(',\n')}\n  ]\n}`
}

/** What `ignore:` of sqs-trigger.yaml may name. */
export const ignorableRules = (): readonly string[] =>
  rules
    .filter(({ enforcedByAws }) => !enforcedByAws)
    .map(({ slug }) => slug)
    .toSorted()
