import type { Severity } from '../preflight/finding.js'
import type { Rule } from '../preflight/rule.js'

/** SARIF's words for our severities. */
export const sarifLevels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Readonly<
  Record<Severity, string>
>

/** A rule of the catalogue, as SARIF describes it: `help` is what GitHub shows beside an alert. */
export function sarifRule({ slug, title, why, severity, group, sources }: Rule) {
  const more = `Run \`sqs-trigger explain ${slug}\` for an example.`
  return {
    id: slug,
    name: slug.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: [`${title}.`, why, more.replaceAll('`', ''), ...sources].join('\n'),
      markdown: [`**${title}.**`, why, more, sources.map((source) => `- <${source}>`).join('\n')].join(
        '\n\n',
      ),
    },
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: {
      tags: ['aws', 'sqs', 'lambda', group],
      precision: 'high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  }
}
