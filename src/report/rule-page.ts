import { type Group, groups, type Severity } from '../preflight/finding.js'
import type { Rule } from '../preflight/rule.js'
import { accepted, exampleLines, mendOf, objectedTo } from './rule-example.js'

const severities: Readonly<Record<Severity, string>> = {
  error: 'error: AWS refuses it, or it cannot work',
  warning: 'warning: it works until it hurts, or a feature of this tool is lost',
  info: 'info: worth knowing',
}

/** Who tells what is refused before a preflight could. */
const tellers: Readonly<Record<NonNullable<Rule['refusedBy']>, string>> = {
  'command-line':
    'sqs-trigger refuses such a value with exit code 2, before any call; the library takes it, and its preflight answers with this finding',
  library: 'sqs-trigger refuses it with exit code 2, before any call, and the library with the error USAGE',
}

/** What is told of one rule, in the order in which it is told: in `docs/rules/<slug>.md` and by `explain`. */
export interface RulePage {
  readonly slug: string
  readonly title: string
  /** Short facts, each a word and what it stands for. */
  readonly fields: readonly (readonly [name: string, text: string])[]
  readonly sections: readonly RuleSection[]
}

interface RuleSection {
  readonly heading: string
  readonly text: string
  readonly items: readonly string[]
  /** `command`: to paste; `fact`: a name and its value; `link`: an address. */
  readonly kind: 'command' | 'fact' | 'link'
}

/** The page of one rule, as data. */
export function rulePageOf(rule: Rule): RulePage {
  const { slug, title, group, severity, needs, why, sources } = rule
  const [bad, good] = [objectedTo(rule), accepted(rule)]
  return {
    slug,
    title: `${title}.`,
    fields: [
      ['group', group],
      ['severity', severities[severity]],
      ['reads', needs.map(factTitle).join(', ')],
      ['ignore', rule.enforcedByAws ? 'cannot be ignored: AWS enforces it' : `--ignore ${slug}`],
      ...(rule.refusedBy === undefined ? [] : [['told by', tellers[rule.refusedBy]] as const]),
    ],
    sections: [
      { heading: 'Why', text: why, items: [], kind: 'fact' },
      {
        heading: 'Fails with',
        text: 'A healthy queue, function and role, but for this:',
        items: exampleLines(bad.facts),
        kind: 'fact',
      },
      { heading: 'What it then says', text: bad.message, items: [], kind: 'fact' },
      {
        heading: 'Passes with',
        text: `${good.message} For example with this:`,
        items: exampleLines(good.facts),
        kind: 'fact',
      },
      { heading: 'Fix', text: mendOf(rule), items: [], kind: 'fact' },
      {
        heading: 'Your queue and function',
        text: 'Judges this rule alone there, and shows what mends it with your names in it:',
        items: [`sqs-trigger explain ${slug} <queue> <function>`],
        kind: 'command',
      },
      { heading: 'Sources', text: '', items: sources, kind: 'link' },
    ],
  }
}

/** The page of one rule, in Markdown: `docs/rules/<slug>.md`. */
export function rulePage(rule: Rule): string {
  const { slug, title, fields, sections } = rulePageOf(rule)
  const rows = fields.map(([name, text]) => `| ${name} | ${text.replace(/^--.*$/, '`$&`')} |`)
  const parts = sections.map(({ heading, text, items, kind }) =>
    [`## ${heading}`, ...(text === '' ? [] : [text]), ...(items.length ? [itemsOf(items, kind)] : [])].join(
      '\n\n',
    ),
  )
  return `${[`# ${slug}`, title, `| | |\n| --- | --- |\n${rows.join('\n')}`, ...parts].join('\n\n')}\n`
}

function itemsOf(items: readonly string[], kind: RuleSection['kind']): string {
  switch (kind) {
    case 'command':
      return ['```sh', ...items, '```'].join('\n')
    case 'fact':
      return items.map((item) => `- \`${item}\``).join('\n')
    case 'link':
      return items.map((item) => `- <${item}>`).join('\n')
  }
}

/** `deadLetterQueue` → `dead letter queue`; permissions keep their names. */
const factTitle = (name: string) =>
  name.includes(':') ? name : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** The list of all rules, by group. */
export function ruleIndex(rules: readonly Rule[]): string {
  const sections = rulesByGroup(rules).map(({ group, members }) => {
    const lines = members.map(
      ({ slug, severity, title }) => `| [${slug}](${slug}.md) | ${severity} | ${title} |`,
    )
    return `## ${group}\n\n| rule | severity | what it finds |\n| --- | --- | --- |\n${lines.join('\n')}`
  })
  const lead =
    'What the preflight looks for. `sqs-trigger explain <rule>` says the same as the page of a rule.'
  return `# Rules\n\n${lead}\n\n${sections.join('\n\n')}\n`
}

/** In the order of the groups; empty ones are left out. */
export function rulesByGroup<Listed extends Pick<Rule, 'group'>>(
  rules: readonly Listed[],
): readonly { readonly group: Group; readonly members: readonly Listed[] }[] {
  return groups
    .map((group) => ({ group, members: rules.filter((rule) => rule.group === group) }))
    .filter(({ members }) => members.length > 0)
}
