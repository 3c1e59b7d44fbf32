import { accessAnswers } from './known-answers/access.js'
import { cloudFormationAnswers } from './known-answers/cloudformation.js'
import { createMappingAnswers } from './known-answers/create-mapping.js'
import { credentialAnswers } from './known-answers/credentials.js'
import { endpointAnswers } from './known-answers/endpoint.js'
import { functionRunAnswers } from './known-answers/function-runs.js'
import { iamAndKmsAnswers } from './known-answers/iam-and-kms.js'
import type { FailedCall, Failure, KnownAnswer } from './known-answers/known-answer.js'
import { lambdaStateAnswers } from './known-answers/lambda-states.js'
import { mappingSettingsAnswers } from './known-answers/mapping-settings.js'
import { queueAnswers } from './known-answers/queue.js'
import { queueSettingsAnswers } from './known-answers/queue-settings.js'

export type { FailedCall, Failure, KnownAnswer } from './known-answers/known-answer.js'
export { command, serviceTitle } from './known-answers/words.js'

/** What AWS was recorded to say and the SDK about credentials; the first that matches wins. */
const answersOfAws: readonly KnownAnswer[] = [
  ...createMappingAnswers,
  ...lambdaStateAnswers,
  ...functionRunAnswers,
  ...mappingSettingsAnswers,
  ...queueAnswers,
  ...queueSettingsAnswers,
  ...iamAndKmsAnswers,
  ...accessAnswers,
  ...credentialAnswers,
  ...cloudFormationAnswers,
]

/** Everything that can be explained. What is not here passes through whole. */
export const knownAnswers: readonly KnownAnswer[] = [...answersOfAws, ...endpointAnswers]

/**
 * Whether a word before a colon is the name of an error of AWS: one that an answer is known by, or that ends as most
 * do. Never one of JavaScript itself.
 */
export function isErrorName(word: string): boolean {
  if (/^(?:Syntax|Type|Range|Reference)Error$/.test(word)) return false
  const known = answersOfAws.some(({ when }) => when.some(({ names }) => names?.test(word)))
  return (
    known || /^(?:AWS\.SimpleQueueService|KMS)\.\w|\w(?:Exception|Denied|Throttled|Token|Error)$/.test(word)
  )
}

/** What answers of AWS are known by: the words of them, and their names with the colon behind. */
export const answerPatterns: readonly RegExp[] = answersOfAws.flatMap(({ says, when }) => [
  ...when.flatMap(({ names, text }) => [
    ...(text === undefined ? [] : [text]),
    ...(names === undefined ? [] : [new RegExp(`${names.source.replace(/\$$/, '')}: `)]),
  ]),
  // A text that was recorded has more words than it is known by.
  ...(says === undefined ? [] : [new RegExp(says.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))]),
])

/** Whether an answer tells only that something else failed: what stands beside it in a text is the cause. */
export const isConsequence = (slug: string) =>
  knownAnswers.some((one) => one.slug === slug && one.consequence)

/** A known answer, put into words for one failed call. */
export interface Recognised extends Pick<KnownAnswer, 'slug' | 'code'> {
  readonly message: string
  readonly hint: string
  /** Slug of the rule that looks for the cause beforehand. */
  readonly rule: string | undefined
}

/**
 * undefined: nothing is known of such a failure. `ofNetwork` false: it may be another program's, so that a refused
 * connection says nothing about AWS.
 */
export function recognise(
  failure: Failure,
  call: FailedCall,
  { ofNetwork = true }: { readonly ofNetwork?: boolean } = {},
): Recognised | undefined {
  for (const answer of ofNetwork ? knownAnswers : answersOfAws) {
    const match = matchOf(answer, failure)
    if (match) return inWords(answer, match, failure, call)
  }
  return undefined
}

/** What the answer says when nothing more is known of the call than what is given here. */
export function example(answer: KnownAnswer, call: FailedCall): Recognised {
  const failure: Failure = { name: '', codes: [], text: answer.says ?? '', status: undefined }
  const match = matchOf(answer, failure) ?? emptyMatch(failure.text)
  // The names in the example are nobody's: the advice is given without them.
  return { ...inWords(answer, match, failure, call), hint: answer.hint(call, emptyMatch('')) }
}

function matchOf({ when }: KnownAnswer, { codes, text }: Failure): RegExpExecArray | undefined {
  for (const trace of when) {
    if (trace.names && !codes.some((code) => trace.names?.test(code))) continue
    const match = (trace.text ?? /^/).exec(text)
    if (match) return match
  }
  return undefined
}

function inWords(
  answer: KnownAnswer,
  match: RegExpExecArray,
  failure: Failure,
  call: FailedCall,
): Recognised {
  const { slug, code } = answer
  const rule = answer.rule?.(match, call)
  return { slug, code, message: answer.message(call, match, failure), hint: answer.hint(call, match), rule }
}

/** Of an answer that is known by its name alone, and was not recorded. */
function emptyMatch(text: string): RegExpExecArray {
  const match = /^/.exec(text)
  if (!match) throw new TypeError('every text has a beginning')
  return match
}
