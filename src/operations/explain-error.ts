import { type FailedCall, isConsequence, recognise } from '../aws/known-answers.js'
import type { ErrorCode } from '../errors.js'
import { type PastedEntry, pastedEntries, readPasted as readWhole } from './explain/explain-pasted.js'
import type { PastedError } from './explain/pasted-error.js'
import { requestIdIn } from './explain/pasted-frames.js'

export type { PastedError } from './explain/pasted-error.js'

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
  return explainErrors(text, options)[0]
}

/** All known answers in a text, each once, in the order of the text: a deployment may fail for several reasons. */
export function explainErrors(text: string, options: ExplainOptions = {}): readonly Explained[] {
  const looked = endsOf(text)
  // A refused connection may be that of any program.
  const ofNetwork = /\bamazonaws\.com\b|\.api\.aws\b|\b(?:endpoint|proxy) URL: "/.test(looked)
  const entries = pastedEntries(looked)
  const found = new Map<string, { readonly entry: PastedEntry; readonly explained: Explained }>()
  for (const entry of entries) {
    const explained = inEntry(entry, subjectOf(entry.text, options), ofNetwork)
    const key = `${explained?.slug}\n${explained?.message}`
    if (explained !== undefined && !found.has(key)) found.set(key, { entry, explained })
  }
  const told = [...found.values()]
  const causes = told.filter(({ explained }) => !isConsequence(explained.slug))
  const all = causes.length > 0 ? causes : told.slice(0, 1)
  // What stands elsewhere in the text belongs to the only error in it; of several it may be another's.
  const subject = { ...subjectOf(looked, options), ...subjectOf(all[0]?.entry.text ?? '', options) }
  return all.map(({ entry, explained }) =>
    all.length > 1 ? explained : withRequest(inEntry(entry, subject, ofNetwork) ?? explained, looked),
  )
}

/** A program that prints the whole error tells the id of the request below the stack. */
function withRequest(explained: Explained, text: string): Explained {
  const { aws } = explained
  if (aws.wrapper !== null || aws.requestId !== null) return explained
  return { ...explained, aws: { ...aws, requestId: requestIdIn(text.replace(aws.message, '')) } }
}

/** Longer than any error: of a longer log the beginning and the end are looked at. */
const longestText = 65_536
const endsOf = (text: string) =>
  text.length > 2 * longestText ? `${text.slice(0, longestText)}\n\n${text.slice(-longestText)}` : text

/** What was found in a text that nothing is known of: the text itself, and what it says of the call. */
export function readPasted(text: string): PastedError {
  const looked = endsOf(text)
  return { ...readWhole(looked), ...(looked === text ? {} : { message: text.trim() }) }
}

type Subject = Omit<FailedCall, 'service' | 'operation'>

/** Words that are known go before a name and before a consequence: both say what many errors have in common. */
function inEntry({ errors }: PastedEntry, subject: Subject, ofNetwork: boolean): Explained | undefined {
  let byName: Explained | undefined
  for (const readings of [asItStands, behindNoise]) {
    for (const pasted of errors) {
      // A name that was found belongs to the words that are looked for.
      const named = byName && pasted.code === null ? { ...byName.aws, message: pasted.message } : pasted
      const call = { service: named.service ?? '', operation: named.operation ?? '', ...subject }
      const bySlug = inWords({ ...named, message: '' }, call, ofNetwork)?.slug
      for (const reading of readings(named)) {
        const explained = inWords(reading, call, ofNetwork)
        if (explained !== undefined && explained.slug !== bySlug && !isConsequence(explained.slug)) {
          return explained.slug === byName?.slug ? byName : explained
        }
        byName ??= explained
      }
    }
  }
  return byName
}

const asItStands = (pasted: PastedError): Iterable<PastedError> => [pasted]

/** An answer is short: what follows it is not looked at, so that a whole log costs no more than its length. */
const longestAnswer = 1_000

/** The answer may begin behind any colon or quote. */
function* behindNoise(pasted: PastedError): Iterable<PastedError> {
  for (const { index } of pasted.message.matchAll(/(?<=[:>|\]"'] ?| - )(?=[A-Za-z1-9])/g)) {
    yield { ...pasted, message: pasted.message.slice(index, index + longestAnswer) }
  }
}

function inWords(pasted: PastedError, call: FailedCall, ofNetwork: boolean): Explained | undefined {
  const { code, httpStatus } = pasted
  const text = withoutClosers(pasted.message.trim())
  const failure = {
    name: code ?? '',
    codes: code === null ? [] : [code],
    text,
    status: httpStatus ?? undefined,
  }
  const known = recognise(failure, call, { ofNetwork })
  if (known === undefined) return undefined
  const { region = null, queue = null, function: functionName = null } = call
  const aws = { ...pasted, message: text }
  return { ...known, rule: known.rule ?? null, aws, region, queue, function: functionName }
}

const openers: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(' }

/** A quote or bracket that closes what was opened before the answer began. */
function withoutClosers(text: string, most = 8): string {
  const [closer = ''] = /["'”’}\])](?=,?$)/.exec(text) ?? []
  if (closer === '') return text
  const count = (character: string) => text.split(character).length - 1
  const opener = openers[closer]
  const opened = opener === undefined ? count(closer) % 2 === 1 : count(closer) > count(opener)
  return opened && most > 0 ? withoutClosers(text.replace(/,$/, '').slice(0, -1).trimEnd(), most - 1) : text
}

/** ARNs in the text name the Region, the queue and the function; what was given goes first. */
function subjectOf(text: string, options: ExplainOptions): Subject {
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
