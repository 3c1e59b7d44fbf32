import { type Holds, numberOf, stringOf, type TaggedJson } from './tagged-json.js'

type Comparison = (actual: number) => boolean

/** EventBridge takes numbers within five billion either way. */
const limit = 5_000_000_000

/**
 * `["=", n]`, one bound (`[">", n]`), or a lower and then an upper bound (`[">=", n, "<", m]`). Only JSON
 * numbers are compared, by their value. `undefined` when the operand is not of this form.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function readNumeric(operand: TaggedJson): Holds | undefined {
  if (!Array.isArray(operand)) return undefined
  const [operator, bound, upperOperator, upperBound, ...rest]: readonly TaggedJson[] = operand
  const first = readComparison(operator, bound)
  if (first === undefined || rest.length > 0) return undefined
  if (upperOperator === undefined) return comparing([first])
  const isRange = isLower(operator) && isUpper(upperOperator)
  const second = readComparison(upperOperator, upperBound)
  if (!isRange || second === undefined || !ascending(bound, upperBound)) return undefined
  return comparing([first, second])
}

function comparing(comparisons: readonly Comparison[]): Holds {
  return (leaf) => {
    const actual = numberOf(leaf)
    return actual !== undefined && comparisons.every((comparison) => comparison(actual))
  }
}

function readComparison(
  operator: TaggedJson | undefined,
  bound: TaggedJson | undefined,
): Comparison | undefined {
  const wanted = bound === undefined ? undefined : numberOf(bound)
  if (operator === undefined || wanted === undefined || Math.abs(wanted) > limit) return undefined
  switch (stringOf(operator)) {
    case '=':
      return (actual) => actual === wanted
    case '>':
      return (actual) => actual > wanted
    case '>=':
      return (actual) => actual >= wanted
    case '<':
      return (actual) => actual < wanted
    case '<=':
      return (actual) => actual <= wanted
    default:
      return undefined
  }
}

function isLower(operator: TaggedJson | undefined): boolean {
  return operator === 's>' || operator === 's>='
}

function isUpper(operator: TaggedJson): boolean {
  return operator === 's<' || operator === 's<='
}

function ascending(lower: TaggedJson | undefined, upper: TaggedJson | undefined): boolean {
  const [low, high] = [lower, upper].map((bound) => (bound === undefined ? undefined : numberOf(bound)))
  return low !== undefined && high !== undefined && low < high
}
