import { SqsTriggerError } from '../errors.js'

/**
 * A mistake on the command line; the message becomes a sentence. `hint` is what to type instead, or what to do, which
 * becomes a sentence, too.
 */
export function usageError(message: string, hint?: string): SqsTriggerError {
  const advice = hint !== undefined && !typed.test(hint) ? sentence(hint) : hint
  return new SqsTriggerError('USAGE', sentence(message), advice === undefined ? {} : { hint: advice })
}

/** A command, alone or behind a label. */
const typed = /(?:^|: |\n)(?:sqs-trigger|aws) |^for example: /

const sentence = (text: string) =>
  `${isFile(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`}${/[.?!]$/.test(text) ? '' : '.'}`

/** A file keeps its name at the beginning of a sentence, too. */
const isFile = (text: string) => /^\S*\.(?:ya?ml|json)\s/.test(text)

/** What was typed, quoted for a message: control characters made visible, long texts cut. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}… (${text.length} characters)` : text
  return JSON.stringify(shown)
}

/**
 * Names and addresses: never empty, never with control characters, never longer than anything AWS would take.
 * `what` begins the message, e.g. `--region` or `the queue`.
 */
export function checkName(text: string, what: string): void {
  if (text.trim() === '') throw usageError(`${what} is empty`)
  const control = [...text].findIndex((character) => isControl(character))
  if (control >= 0) {
    throw usageError(`${what} has a control character at position ${control + 1}: ${quoted(text)}`)
  }
  if (text.length > longestName) {
    throw usageError(
      `${what} is ${text.length.toLocaleString('en')} characters long; AWS has no name or ARN that long`,
    )
  }
}

/** Longer than the longest queue URL, function ARN or endpoint, so that only mistakes are refused here. */
const longestName = 2048

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 32 || (code >= 127 && code < 160)
}
