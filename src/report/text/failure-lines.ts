import type { SqsTriggerError } from '../../errors.js'
import { fill, type Page, shown } from '../page.js'
import { commandLines, isCommand } from './command-lines.js'

/** What failed, what AWS answered, and last the line that helps most. */
export function failureLines(
  page: Page,
  error: SqsTriggerError,
  show: { readonly debug: boolean; readonly hint: boolean },
): readonly string[] {
  const stopped = error.code === 'INTERRUPTED' || error.code === 'TERMINATED'
  const paint = stopped ? page.paint.caution : page.paint.bad
  const lead = stopped ? '' : `${page.glyphs.status.fail} `
  return [
    ...fill(page, `${lead}${shown(page, error.message)}`, 0, lead === '' ? 0 : 2).map(paint),
    ...awsLines(page, error),
    ...(show.debug ? causeLines(page, error) : []),
    ...(show.hint ? hintLines(page, error.hint) : []),
  ]
}

/** A hint is one or more lines, each a sentence or a command to paste. */
export function hintLines(page: Page, hint: string | undefined): readonly string[] {
  if (hint === undefined) return []
  return hint.split('\n').flatMap((line) => {
    const [, label = '', command] = /^((?:[\w ,-]+: +)?)((?:sqs-trigger|aws) .+)$/.exec(line) ?? []
    if (command === undefined || !isCommand(command)) return fill(page, shown(page, line), 2)
    const lines = commandLines(page, shown(page, command), label === '' ? 2 : 4)
    return [...(label === '' ? [] : [`  ${label.trim()}`]), ...lines.map(page.paint.command)]
  })
}

function awsLines(page: Page, { aws, message }: SqsTriggerError): readonly string[] {
  // Without a request AWS answered nothing: the code is the SDK's or the network's. An answer that nothing is known of
  // is told whole already.
  if (aws?.requestId === undefined || message.includes(aws.requestId)) return []
  const request = `, request ${aws.requestId}`
  const text = `${aws.code} from ${aws.service}:${aws.operation}${request}`
  return fill(page, shown(page, text), 2).map(page.paint.faint)
}

function causeLines(page: Page, error: Error): readonly string[] {
  const stack = (error.stack ?? '').split('\n').slice(1)
  const cause = error.cause instanceof Error ? error.cause : undefined
  return [
    ...stack.map((line) => page.paint.faint(shown(page, line))),
    ...(cause
      ? [
          page.paint.faint(shown(page, `  caused by ${cause.name}: ${cause.message}`)),
          ...causeLines(page, cause),
        ]
      : []),
  ]
}
