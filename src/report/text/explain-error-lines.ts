import type { Explained, PastedError } from '../../operations/explain-error.js'
import type { Explanation, NextRule } from '../explanation.js'
import { fill, named, type Page, shown } from '../page.js'
import { commandLines, isCommand } from './command-lines.js'

type Of<Kind> = Extract<Explanation, { of: Kind }>

/** A known answer of AWS by its name. */
export function answerPageLines(page: Page, { answer, hint, rule }: Of<'answer'>): readonly string[] {
  return [
    page.paint.strong(answer.slug),
    ...fill(page, `${answer.title}.`),
    '',
    ...fieldLines(page, [
      ['AWS says', answer.says ?? null],
      ['error code', answer.code],
    ]),
    '',
    page.paint.strong('What to do'),
    ...toDoLines(page, hint),
    ...ruleLines(page, rule),
  ]
}

/** A pasted error: what it means and what to do, or only what was found in it. */
export function errorLines(page: Page, explanation: Of<'error'>): readonly string[] {
  const { found, explained, rule, others, more } = explanation
  if (explained === null) {
    return [page.paint.strong('Found in the text'), ...foundLines(page, found)]
  }
  return [
    page.paint.strong(explained.slug),
    ...fill(page, shown(page, explained.message)),
    '',
    page.paint.strong('What to do'),
    ...toDoLines(page, explained.hint),
    ...ruleLines(page, rule),
    '',
    page.paint.strong('Found in the text'),
    ...foundLines(page, explained.aws),
    ...otherLines(page, others, more),
  ]
}

/** A deployment may fail for several reasons: what each means, and where to read on. */
function otherLines(page: Page, others: readonly Explained[], more: number): readonly string[] {
  if (others.length === 0) return []
  return [
    '',
    page.paint.strong('Also in the text'),
    ...others.flatMap(({ slug, message }) => [
      `  ${slug}`,
      ...fill(page, shown(page, message), 4),
      ...commandLines(page, `sqs-trigger explain ${slug}`, 4).map(page.paint.command),
    ]),
    ...(more === 0 ? [] : fill(page, `and ${more} more; paste them one by one`, 2)),
  ]
}

/** A hint: lines, each a sentence or a command to paste, perhaps behind a word that says when. */
export function toDoLines(page: Page, hint: string): readonly string[] {
  return hint.split('\n').flatMap((line) => {
    const [, label = '', command] = /^((?:[\w ,-]+: +)?)((?:sqs-trigger|aws) .+)$/.exec(line) ?? []
    if (command === undefined || !isCommand(command)) return fill(page, shown(page, line), 2)
    const lines = commandLines(page, shown(page, command), 4).map(page.paint.command)
    return label === '' ? lines : [`  ${label.trim()}`, ...lines]
  })
}

function ruleLines(page: Page, rule: NextRule | null): readonly string[] {
  if (rule === null) return []
  return [
    '',
    page.paint.strong('Found beforehand by'),
    ...fill(page, `${rule.slug}, a rule of the preflight:`, 2),
    ...commandLines(page, shown(page, rule.command), 4).map(page.paint.command),
  ]
}

const wrappers = { cloudformation: 'CloudFormation', terraform: 'Terraform', 'aws-cli': 'aws-cli' } as const

function foundLines(page: Page, found: PastedError): readonly string[] {
  const { wrapper, service, operation, code, message, httpStatus, requestId } = found
  return fieldLines(page, [
    ['told by', wrapper && wrappers[wrapper]],
    ['service', service],
    ['operation', operation],
    ['code', code],
    ['status', httpStatus && `HTTP ${httpStatus}`],
    ['request', requestId],
    ['message', message || null],
  ])
}

/** A word and what it stands for, a line each; what is not known is left out. */
function fieldLines(
  page: Page,
  fields: readonly (readonly [name: string, text: string | number | null])[],
): readonly string[] {
  const known = fields.filter(([, text]) => text !== null)
  const width = Math.max(...known.map(([name]) => name.length)) + 2
  return known.flatMap(([name, text]) => {
    const [first = '', ...others] = fill(page, shown(page, String(text)), 2 + width)
    return [`  ${named(page, name, width, 0)}${first.trimStart()}`, ...others.map((line) => line.trimEnd())]
  })
}
