import { type FailedCall, recognise } from '../aws/known-answers.js'
import type { ErrorCode } from '../errors.js'
import { type PastedError, pastedErrors } from './explain-pasted.js'

export type { PastedError } from './explain-pasted.js'

/** What a known answer of AWS means, and what to do. */
export interface Explained {
  /** Stable name of the answer, e.g. `execution-role-lacks-permission`. */
  readonly slug: string
  readonly code: ErrorCode
  /** One sentence. */
  readonly message: string
  /** Lines, each a sentence or a command to paste. */
  readonly hint: string
  /** Slug of the rule that looks for the cause before anything is created; null: there is none. */
  readonly rule: string | null
  /** What was found in the text. */
  readonly aws: PastedError
  /** Named in the text, or given: for commands. */
  readonly region: string | null
  readonly queue: string | null
  readonly function: string | null
}

/** What the text cannot say, for the commands of the hint. */
export interface ExplainOptions {
  readonly region?: string
  readonly profile?: string
  readonly endpointUrl?: string
  readonly queue?: string
  readonly function?: string
}

/**
 * Finds the known answer of AWS in a text: an error message, as AWS or an SDK gave it or as CloudFormation, CDK,
 * Terraform, aws-cli or a log shows it. undefined: none is known. Pure; no call is made.
 */
export function explainError(text: string, options: ExplainOptions = {}): Explained | undefined {
  const looked = text.slice(0, longestText)
  const found = pastedErrors(looked)
  const subject = subjectOf(looked, options)
  // A refused connection may be that of any program.
  const ofNetwork = /\bamazonaws\.com\b|\.api\.aws\b/.test(looked)
  // What stood in known words is told apart; elsewhere the answer may begin behind any colon or quote.
  for (const readings of [asItStands, behindNoise]) {
    for (const pasted of found) {
      const { service, operation } = pasted
      const call = { service: service ?? '', operation: operation ?? '', ...subject }
      for (const reading of readings(pasted)) {
        const explained = inWords(reading, call, ofNetwork)
        if (explained) return explained
      }
    }
  }
  return undefined
}

/** Longer than any error; what stands behind is not looked at. */
const longestText = 65_536

/** What was found in a text that nothing is known of: its first answer, or the text itself. */
export function readPasted(text: string): PastedError {
  const [first] = pastedErrors(text.slice(0, longestText))
  if (first === undefined) throw new TypeError('a text was read into nothing')
  return first
}

/** A failure as the translation takes it, and what it was read from. */
interface Reading {
  readonly pasted: PastedError
  readonly codes: readonly string[]
}

const asItStands = (pasted: PastedError): readonly Reading[] => [
  { pasted, codes: pasted.code === null ? [] : [pasted.code] },
]

/** An answer is short: what follows it is not looked at, so that a whole log costs no more than its length. */
const longestAnswer = 1_000

/** The name of an error says nothing here: what stands before the text may belong to another. */
function* behindNoise(pasted: PastedError): Iterable<Reading> {
  for (const { index } of pasted.message.matchAll(/(?<=[:>|\]"'] ?| - )(?=[A-Za-z1-9])/g)) {
    const message = pasted.message.slice(index, index + longestAnswer)
    yield { pasted: { ...pasted, message }, codes: [] }
  }
}

function inWords({ pasted, codes }: Reading, call: FailedCall, ofNetwork: boolean): Explained | undefined {
  const text = withoutLastQuote(pasted.message.trim())
  const failure = { name: codes[0] ?? '', codes, text, status: pasted.httpStatus ?? undefined }
  const known = recognise(failure, call, { ofNetwork })
  if (known === undefined) return undefined
  const { region = null, queue = null, function: functionName = null } = call
  const aws = { ...pasted, message: text }
  return { ...known, rule: known.rule ?? null, aws, region, queue, function: functionName }
}

/** A quote that closes what was opened before the answer began. */
function withoutLastQuote(text: string): string {
  const last = text.at(-1) ?? ''
  const opened = /["'”’]/.test(last) && text.split(last).length % 2 === 0
  return opened ? withoutLastQuote(text.slice(0, -1)) : text
}

/** ARNs in the text name the Region, the queue and the function; what was given goes first. */
function subjectOf(text: string, options: ExplainOptions): Omit<FailedCall, 'service' | 'operation'> {
  const { region, profile, endpointUrl } = options
  const queue = options.queue ?? /arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?/.exec(text)?.[0]
  const called =
    options.function ??
    /arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?/.exec(text)?.[0] ??
    / and function \(" ?([\w:$-]+) ?"\)/.exec(text)?.[1]
  const place = region ?? /arn:[\w-]+:(?:sqs|lambda|kms):([a-z]{2}[\w-]+):\d{12}:/.exec(text)?.[1]
  return {
    ...(place === undefined ? {} : { region: place }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(queue === undefined ? {} : { queue }),
    ...(called === undefined ? {} : { function: called }),
  }
}
