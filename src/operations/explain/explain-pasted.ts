import { denialPatterns } from '../../aws/denial.js'
import { answerPatterns } from '../../aws/known-answers.js'
import { acrossBreaks, mend } from './pasted-breaks.js'
import type { PastedError } from './pasted-error.js'
import { framePatterns, nothing, onlyAnswer, requestIdIn, unwrapped } from './pasted-frames.js'
import { piecesIn, withoutColours } from './pasted-text.js'

/** One entry of a log or paragraph: what may be the answer in it, the likeliest first. */
export interface PastedEntry {
  readonly text: string
  readonly errors: readonly PastedError[]
}

const patterns = [...framePatterns, ...denialPatterns, ...answerPatterns].map(acrossBreaks)

/**
 * The answers of AWS in a text: taken out of the words of CloudFormation, Terraform and aws-cli, out of log lines,
 * JSON, quotes, colours and broken lines.
 */
export function pastedEntries(text: string): readonly PastedEntry[] {
  return piecesIn(text).flatMap((readings) => {
    const texts = [...new Set(readings.map((one) => mend(one, patterns)))].filter((one) => one !== '')
    const [first] = texts
    if (first === undefined) return []
    const errors = texts.flatMap((message) => [...unwrapped(message), { ...nothing, message }])
    return [{ text: first, errors }]
  })
}

/** What was found in a text that nothing is known of: all of it, and what it says of the call. */
export function readPasted(text: string): PastedError {
  const entries = pastedEntries(text)
  const [only, second] = entries
  const alone = only && second === undefined ? onlyAnswer(only.text) : undefined
  if (alone !== undefined) return alone
  const told = entries.flatMap(({ errors }) => errors).find(({ code, service }) => code ?? service)
  const message = withoutColours(text)
  return { ...nothing, ...told, message, requestId: told?.requestId ?? requestIdIn(message) }
}
