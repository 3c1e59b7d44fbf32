import type { Evidence, UnknownClass } from './decision.js'

/** Something that is not known and would settle the question: a condition key, or `policies:<layer>`. */
export interface Gap {
  readonly name: string
  readonly class: UnknownClass
  /** Why it is not known, where the name alone does not say so. */
  readonly why?: string
}

/**
 * An answer in Kleene's three-valued logic, with what decided it: for `yes` the statements that say so, for
 * `no` the layers that lack one, for `unknown` the statements in doubt and the gaps that cause the doubt.
 */
export interface Answer {
  readonly value: 'yes' | 'no' | 'unknown'
  readonly evidence: readonly Evidence[]
  readonly gaps: readonly Gap[]
}

export const yes: Answer = { value: 'yes', evidence: [], gaps: [] }
export const no: Answer = { value: 'no', evidence: [], gaps: [] }

export function unknown(gap: Gap): Answer {
  return { value: 'unknown', evidence: [], gaps: [gap] }
}

export function fromBoolean(value: boolean): Answer {
  return value ? yes : no
}

/** Logical AND. `no` wins over `unknown`; of nothing it is `yes`. */
export function all(answers: readonly Answer[]): Answer {
  const refused = answers.filter((answer) => answer.value === 'no')
  if (refused.length > 0) return { ...no, evidence: evidenceOf(refused) }
  const doubtful = answers.filter((answer) => answer.value === 'unknown')
  if (doubtful.length > 0) return inDoubt(doubtful)
  return { ...yes, evidence: evidenceOf(answers) }
}

/** Logical OR. `yes` wins over `unknown`; of nothing it is `no`. The first `yes` is the evidence. */
export function any(answers: readonly Answer[]): Answer {
  const affirmed = answers.find((answer) => answer.value === 'yes')
  if (affirmed !== undefined) return affirmed
  const doubtful = answers.filter((answer) => answer.value === 'unknown')
  if (doubtful.length > 0) return inDoubt(doubtful)
  return { ...no, evidence: evidenceOf(answers) }
}

/** Logical OR with every `yes` as evidence: where several statements deny, each of them has to go. */
export function anyOfAll(answers: readonly Answer[]): Answer {
  const affirmed = answers.filter((answer) => answer.value === 'yes')
  return affirmed.length === 0 ? any(answers) : { ...yes, evidence: evidenceOf(affirmed) }
}

export function not(answer: Answer): Answer {
  if (answer.value === 'unknown') return answer
  return answer.value === 'yes' ? no : yes
}

/** The same answer, decided by `evidence` instead. */
export function citing(answer: Answer, evidence: Evidence): Answer {
  return { ...answer, evidence: [evidence] }
}

function inDoubt(answers: readonly Answer[]): Answer {
  return { value: 'unknown', evidence: evidenceOf(answers), gaps: answers.flatMap((answer) => answer.gaps) }
}

function evidenceOf(answers: readonly Answer[]): readonly Evidence[] {
  return answers.flatMap((answer) => answer.evidence)
}
