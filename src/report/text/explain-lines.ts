import { nameIn } from '../../arn.js'
import type { Finding, Severity } from '../../preflight/finding.js'
import type { Explanation, RuleHere } from '../explanation.js'
import { beside, fill, named, type Page, shown } from '../page.js'
import { type RulePage, rulePageOf, rulesByGroup } from '../rule-page.js'
import { commandLines } from './command-lines.js'
import { answerPageLines, errorLines, toDoLines } from './explain-error-lines.js'
import { briefLines, findingLines } from './finding-lines.js'
import { gapBlocks } from './gap-lines.js'
import { labelled } from './labelled.js'

/** What `explain` says, laid out for the page. */
export function explanationLines(page: Page, explanation: Explanation): readonly string[] {
  switch (explanation.of) {
    case 'rules':
      return rulesByGroup(explanation.rules).flatMap(({ group, members }, index) => [
        ...(index === 0 ? [] : ['']),
        page.paint.strong(titled(group)),
        ...members.flatMap(({ slug, severity, title }) => entryLines(page, slug, title, severity)),
      ])
    case 'rule':
      return ruleLines(page, rulePageOf(explanation.rule), explanation.here)
    case 'answers':
      return explanation.answers.flatMap(({ slug, title }) => entryLines(page, slug, title))
    case 'answer':
      return answerPageLines(page, explanation)
    case 'error':
      return errorLines(page, explanation)
  }
}

const severityWidth = 'warning'.length

/** A name that is typed, and below it what it means: names are too long for two columns. */
function entryLines(page: Page, slug: string, title: string, severity?: Severity): readonly string[] {
  if (severity === undefined) return [`  ${slug}`, ...fill(page, shown(page, title), 4)]
  const word = severity.padEnd(severityWidth)
  const paint = { error: page.paint.bad, warning: page.paint.caution, info: page.paint.faint }[severity]
  if (page.accessible) return [`  ${severity}: ${slug}`, ...fill(page, title, 4)]
  // A name that does not fit beside its severity goes below it.
  const beside = 2 + severityWidth + 2 + slug.length <= page.columns
  return beside
    ? [`  ${paint(word)}  ${slug}`, ...fill(page, shown(page, title), 2 + severityWidth + 2)]
    : [`  ${paint(severity)}`, `  ${slug}`, ...fill(page, shown(page, title), 4)]
}

function ruleLines(page: Page, rule: RulePage, here: RuleHere | null): readonly string[] {
  const width = Math.max(...rule.fields.map(([name]) => name.length)) + 2
  const fields = rule.fields.flatMap(([name, text]) => {
    const [first = '', ...others] = fill(page, text, 2 + width)
    return [`  ${named(page, name, width, 0)}${first.trimStart()}`, ...others]
  })
  const sections = rule.sections
    // The command is replaced by what it would show.
    .filter(({ kind }) => here === null || kind !== 'command')
    .flatMap(({ heading, text, items, kind }) => [
      '',
      page.paint.strong(heading),
      ...(text === '' ? [] : fill(page, text, 2)),
      ...items.flatMap((item) =>
        kind === 'command'
          ? commandLines(page, item, 4).map(page.paint.command)
          : kind === 'link'
            ? [`  ${item}`]
            : fill(page, shown(page, item), 4, 6),
      ),
    ])
  return [
    page.paint.strong(rule.slug),
    ...fill(page, rule.title),
    '',
    ...(here === null ? [] : [...hereLines(page, here), '']),
    ...fields,
    ...sections,
  ]
}

/** The finding, with the names of the user in it. */
function hereLines(page: Page, here: RuleHere): readonly string[] {
  const { finding, queueArn, functionArn, withSettings } = here
  const pair = `${nameIn(queueArn)} ${page.glyphs.arrow} ${nameIn(functionArn)}`
  return [
    page.paint.strong(shown(page, pair)),
    ...verdictLines(page, finding),
    ...(withSettings === null
      ? []
      : toDoLines(page, `Settings are judged where they are given:\n${withSettings}`)),
  ]
}

function verdictLines(page: Page, finding: Finding): readonly string[] {
  switch (finding.status) {
    case 'pass':
    case 'ignored':
      return briefLines(page, finding)
    case 'skip': {
      const text = `${beside(page, page.glyphs.status.skip)}not judged here: ${begun(finding.message)}`
      return fill(page, shown(page, text), 2, 4)
    }
    case 'unknown':
      return gapBlocks(page, [finding]).flat()
    case 'warn':
    case 'fail': {
      const lines = findingLines(page, finding)
      // The last part leads to this very page.
      const more = labelled(page, 'More', `sqs-trigger explain ${finding.rule}`)
      return lines.slice(0, lines.length - more.length)
    }
  }
}

/** A sentence that goes on behind a colon; an abbreviation keeps its capitals. */
const begun = (text: string) =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

const titled = (group: string) => `${group.charAt(0).toUpperCase()}${group.slice(1).replaceAll('-', ' ')}`
