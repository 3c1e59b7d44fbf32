import { groups } from '../preflight/finding.js'
import type { Rule } from '../preflight/rule.js'

const severities = {
  error: 'error: AWS refuses it, or it cannot work',
  warning: 'warning: it works until it hurts, or a feature of this tool is lost',
  info: 'info: worth knowing',
} as const

/** The page of one rule, in Markdown: `docs/rules/<slug>.md`. */
export function rulePage(rule: Rule): string {
  const ignore = rule.enforcedByAws ? 'cannot be ignored: AWS enforces it' : `\`--ignore ${rule.slug}\``
  const parts = [
    `# ${rule.slug}`,
    `${rule.title}.`,
    `| | |\n| --- | --- |\n| group | ${rule.group} |\n| severity | ${severities[rule.severity]} |\n| reads | ${rule.needs.join(', ')} |\n| ignore | ${ignore} |`,
    `## Why\n\n${rule.why}`,
    `## Bad\n\nA healthy queue, function and role, but for this:\n\n${json(rule.example.bad)}`,
    `## Good\n\n${json(rule.example.good)}`,
    `## Sources\n\n${rule.sources.map((source) => `- <${source}>`).join('\n')}`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** The list of all rules, by group. */
export function ruleIndex(rules: readonly Rule[]): string {
  const sections = groups.flatMap((group) => {
    const rows = rules.filter((rule) => rule.group === group)
    const lines = rows.map(
      ({ slug, severity, title }) => `| [${slug}](${slug}.md) | ${severity} | ${title} |`,
    )
    return rows.length === 0
      ? []
      : [`## ${group}\n\n| rule | severity | what it finds |\n| --- | --- | --- |\n${lines.join('\n')}`]
  })
  return `# Rules\n\n${sections.join('\n\n')}\n`
}

const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``
